namespace FriendCity.Http.Errors;

/// <summary>A refusal, thrown from wherever it is found out and answered by the middleware around every function.</summary>
/// <param name="target">The query option at fault, which the feed's form of an error names; or null.</param>
internal sealed class ProblemException(Problem problem, string? target = null) : Exception(problem.Detail?.En)
{
    public Problem Problem => problem;

    public string? Target => target;
}
