using FriendCity.Http.Errors;

namespace FriendCity.PowerBi.OData;

/// <summary>Why the feed does not answer, thrown from wherever in a query it is found out.</summary>
/// <param name="target">The query option at fault, or null.</param>
internal sealed class FeedRefusal(Problem problem, string? target = null) : Exception(problem.Detail?.En)
{
    public Problem Problem => problem;

    public string? Target => target;

    /// <summary>What OData knows and this feed does not do: 501, so that a client takes it on itself.</summary>
    public static FeedRefusal NotOffered(string en, string zh, string? target = null) =>
        new(new Problem(Problems.NotImplemented, new($"The feed does not offer {en}.", $"数据源不支持{zh}。")), target);
}
