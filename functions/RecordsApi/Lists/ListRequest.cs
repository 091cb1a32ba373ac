using System.Globalization;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.RecordsApi.Exports;

namespace FriendCity.RecordsApi.Lists;

/// <summary>What a caller asks of a list, read from the parameters.</summary>
internal sealed record ListRequest(QueryText Text, ListQuery Query, int Top, bool Count, DateTimeOffset? KnownAt, IReadOnlyList<string?>? After)
{
    public const int StandardPage = 100;
    public const int LargestPage = 1000;

    /// <summary>Which records, in which order and how much of each.</summary>
    private static readonly string[] Questions = ["$filter", "$search", "$orderby", "$select", RecordsApi.KnownAt.Name];

    /// <summary>In the order in which links repeat them; never the access key.</summary>
    private static readonly string[] Repeated = [.. Questions, "$count", "$top", FileFormat.Parameter, .. FileForm.OfTables];

    /// <summary>What the whole of a list takes, which has no pages.</summary>
    private static readonly string[] OfWholes = [.. Questions, FileFormat.Parameter, .. FileForm.OfTables];

    private static readonly string[] OfPages = [.. Repeated, "cursor"];

    /// <summary>A page.</summary>
    /// <exception cref="ProblemException">A parameter that cannot be understood.</exception>
    public static ListRequest Read(RecordType type, HttpRequest request, QueryCache queries, CursorSigner cursors)
    {
        Parameters.Check(request, OfPages);
        var top = Parameters.Integer(request, "$top", StandardPage, 1, LargestPage);
        if (Parameters.Text(request, "$count") is { } asked and not ("true" or "false"))
            throw Parameters.Wrong("$count", $"true or false, not '{asked}'.", "应为 true 或 false。");
        var (text, query, knownAt) = Question(type, request, queries);
        var after = Parameters.Text(request, "cursor") is { } cursor
            ? cursors.Read(cursor, Bound(text, knownAt)) ?? throw new ProblemException(new(Problems.CursorInvalid)) : null;
        return new(text, query, top, Parameters.Text(request, "$count") == "true", knownAt, after);
    }

    /// <summary>All records, however many.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static ListRequest ReadWhole(RecordType type, HttpRequest request, QueryCache queries)
    {
        Parameters.Check(request, OfWholes);
        var (text, query, knownAt) = Question(type, request, queries);
        return new(text, query, int.MaxValue - 1, Count: false, knownAt, After: null);
    }

    /// <summary>Where the page begins, as one text; null at the beginning.</summary>
    public string? Place => After is null ? null : JsonSerializer.Serialize(After);

    /// <summary>The address of the next page: the caller's parameters and where to go on.</summary>
    public string Link(HttpRequest request, CursorSigner cursors, IReadOnlyList<string?> place)
    {
        var parameters = Repeated.Where(name => Parameters.Text(request, name) is not null)
            .Select(name => $"{name}={Uri.EscapeDataString(Parameters.Text(request, name)!)}");
        return PublicAddress.Of(request,
            $"{request.Path}?{string.Join('&', [.. parameters, $"cursor={cursors.After(Bound(Text, KnownAt), place)}"])}");
    }

    private static (QueryText Text, ListQuery Query, DateTimeOffset? KnownAt) Question(RecordType type, HttpRequest request, QueryCache queries)
    {
        var text = new QueryText(
            type.Name, Parameters.Text(request, "$filter"), Parameters.Text(request, "$orderby"), Parameters.Text(request, "$select"),
            Parameters.Text(request, "$search"));
        try
        {
            return (text, queries.Get(type, text), RecordsApi.KnownAt.Read(request));
        }
        catch (QueryException fault)
        {
            throw Parameters.Wrong(
                fault.Parameter, FormattableString.Invariant($"at character {fault.At}: expected {fault.Expected.En}."),
                FormattableString.Invariant($"第 {fault.At} 个字符处：应为{fault.Expected.Zh}。"));
        }
    }

    /// <summary>A cursor is good for one query at one instant.</summary>
    private static string Bound(QueryText text, DateTimeOffset? knownAt) =>
        knownAt is { } at ? $"{text.Whole}|{at.UtcTicks.ToString(CultureInfo.InvariantCulture)}" : text.Whole;
}
