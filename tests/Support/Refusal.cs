using FriendCity.Http.Errors;

namespace FriendCity.Tests.Support;

/// <summary>The problem with which something is refused; null when it is not.</summary>
internal static class Refusal
{
    public static Problem? Of(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (ProblemException refused)
        {
            return refused.Problem;
        }
    }

    public static async Task<Problem?> OfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (ProblemException refused)
        {
            return refused.Problem;
        }
    }
}
