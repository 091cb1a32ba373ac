namespace FriendCity.Records.Query;

/// <summary>What makes two requests the same list, whatever the page: the type and the texts of the parameters.</summary>
internal sealed record QueryText(string Type, string? Filter, string? OrderBy, string? Select, string? Search)
{
    /// <summary>One text for all; lengths keep a value from passing for two.</summary>
    public string Whole => string.Join('|', Part(Type), Part(Filter), Part(OrderBy), Part(Select), Part(Search));

    private static string Part(string? text) => text is null ? "-" : FormattableString.Invariant($"{text.Length}:{text}");
}
