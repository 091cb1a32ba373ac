using FriendCity.Http.Errors;

namespace FriendCity.PowerBi.OData;

internal static class FeedProblems
{
    /// <summary>What OData knows and this feed does not do: 501, so that a client takes it on itself.</summary>
    /// <param name="target">The query option at fault, or null.</param>
    public static ProblemException NotOffered(string en, string zh, string? target = null) =>
        new(new Problem(Problems.NotImplemented, new($"The feed does not offer {en}.", $"数据源不支持{zh}。")), target);
}
