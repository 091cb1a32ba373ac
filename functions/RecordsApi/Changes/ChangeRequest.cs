using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;

namespace FriendCity.RecordsApi.Changes;

/// <summary>What a caller asks of the changes: all since a cursor, or those of a span of time.</summary>
/// <param name="From">Where a span begins; null when a cursor is followed.</param>
/// <param name="To">Where a span ends, exclusive; null for now.</param>
internal sealed record ChangeRequest(ChangeCursor? Place, DateTimeOffset? From, DateTimeOffset? To, IReadOnlySet<string>? Types, string? ChangedBy,
    int Top)
{
    public const int StandardPage = 100;
    public const int LargestPage = 1000;

    private const string Since = "since";
    private const string Cursor = "cursor";

    /// <summary>In the order in which links repeat them.</summary>
    private static readonly string[] Repeated = ["types", "changedBy", "from", "to", "$top"];

    /// <exception cref="ProblemException">A parameter that cannot be understood.</exception>
    public static ChangeRequest Read(HttpRequest request, RecordTypes types)
    {
        Parameters.Check(request, [Since, .. Repeated, Cursor]);
        var (from, to) = (KnownAt.Read(request, "from"), KnownAt.Read(request, "to"));
        var since = Parameters.Text(request, Since);
        if ((since is null) == (from is null))
            throw Parameters.Wrong(Since,
                $"give the {ChangeCursor.Header} of a list, or the cursor of the last answer; or instead from, for a span of time.",
                $"请提供列表应答头 {ChangeCursor.Header} 或上次应答的 cursor；查询一段时间请改用 from。");
        if (since is not null && (to is not null || Parameters.Text(request, Cursor) is not null))
            throw Parameters.Wrong(to is null ? Cursor : "to", "it goes with from, not with since.", "只能与 from 同用，不能与 since 同用。");
        if (to <= from)
            throw Parameters.Wrong("to", "later than from.", "须晚于 from。");
        var place = (since ?? Parameters.Text(request, Cursor)) is { } text
            ? ChangeCursor.Parse(text) ?? throw new ProblemException(new(Problems.CursorInvalid)) : null;
        return new(place, from, to, TypesOf(request, types), Parameters.Text(request, "changedBy"),
            Parameters.Integer(request, "$top", StandardPage, 1, LargestPage));
    }

    /// <summary>The address of the next page: the caller's parameters and where to go on.</summary>
    public string Link(HttpRequest request, ChangeCursor next) => PublicAddress.Of(request, $"{request.Path}?" + string.Join('&', Repeated
        .Where(name => Parameters.Text(request, name) is not null)
        .Select(name => $"{name}={Uri.EscapeDataString(Parameters.Text(request, name)!)}")
        .Append($"{(From is null ? Since : Cursor)}={next}")));

    private static HashSet<string>? TypesOf(HttpRequest request, RecordTypes types)
    {
        if (Parameters.Text(request, "types") is not { } text)
            return null;
        HashSet<string> named = [.. text.Split(',', StringSplitOptions.TrimEntries)];
        return named.FirstOrDefault(name => types.Find(name) is null) is not { } unknown ? named
            : throw Parameters.Wrong("types", $"names of record types with commas between, such as cities,projects; '{unknown}' is none.",
                $"应为以逗号分隔的记录类型名，例如 cities,projects；“{unknown}”不是记录类型。");
    }
}
