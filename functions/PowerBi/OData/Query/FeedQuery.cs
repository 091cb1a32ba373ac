using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.RecordsApi.Lists;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>What a caller asks of a set, read from the options of the address.</summary>
/// <param name="Text">What makes two requests the same sequence of rows; tokens are bound to it.</param>
/// <param name="Shown">What is written of each row.</param>
/// <param name="Top">The caller's own limit over all pages, or what is left of it; null without one.</param>
/// <param name="After">The place after which this page begins; null on the first page.</param>
/// <param name="Snapshot">The snapshot to which the pages are bound; null on the first page, and for sets that are in none.</param>
internal sealed record FeedQuery(
    QueryText Text, ListQuery Rows, FeedSelection Shown, long? Top, int Skip, bool Count, IReadOnlyList<string?>? After, string? Snapshot)
{
    public const string Token = "$skiptoken";
    private const int MaxSkip = 1_000_000_000;

    /// <summary>In the order in which links repeat them. A limit travels in the token, and what was skipped or counted is not again.</summary>
    private static readonly string[] Repeated = ["$filter", "$orderby", "$select", "$expand", "$format"];

    /// <summary>What the first page takes besides.</summary>
    private static readonly string[] First = ["$top", "$skip", "$count"];

    private static readonly string[] NotOffered = ["$search", "$apply", "$compute", "$index", "$levels", "$deltatoken"];

    public static readonly string[] OfPage = [.. Repeated, .. First, Token];
    public static readonly string[] OfCount = ["$filter"];
    public static readonly string[] OfOne = ["$select", "$expand", "$format"];

    /// <param name="within">Holds for all rows of a list that a record leads to, whatever the caller filters; null for a whole set.</param>
    /// <exception cref="ProblemException">An option is not offered, or says what cannot be.</exception>
    /// <exception cref="QueryException">A name or value that the records do not have.</exception>
    public static FeedQuery Read(HttpRequest request, FeedModel model, FeedSet set, CursorSigner tokens, Filter? within = null)
    {
        if (Parameters.Text(request, "$filter") is { Length: > FilterParser.MaxLength })
            throw Malformed("$filter", $"at most {FilterParser.MaxLength} characters.", $"不超过 {FilterParser.MaxLength} 个字符。");

        var options = OfPage.Where(name => Parameters.Text(request, name) is not null)
            .ToDictionary(name => name, name => Parameters.Text(request, name)!);
        var filter = options.TryGetValue("$filter", out var asked) ? FilterTranslator.Translate(model, set, asked) : null;
        var order = options.TryGetValue("$orderby", out var keys) ? FeedOrder.Translate(model, set, keys) : null;
        var text = new QueryText(within is null ? set.Name : request.Path.Value!, asked, order, null, null);
        var rest = options.Where(option => option.Key is not ("$filter" or "$orderby")).ToDictionary();
        var parser = new ODataQueryOptionParser(model.Edm, model.EdmOf(set).EntityType, model.EdmOf(set), rest);
        var (top, skip, count) = (Parse("$top", parser.ParseTop), Parse("$skip", parser.ParseSkip) ?? 0, Parse("$count", parser.ParseCount) ?? false);
        if (skip > MaxSkip)
            throw Malformed("$skip", $"at most {MaxSkip}.", $"不超过 {MaxSkip}。");

        var shown = new SelectionReader(model).Read(set, Parse(options.ContainsKey("$expand") ? "$expand" : "$select", parser.ParseSelectAndExpand));
        var rows = set.Type.Query(text, within is null || filter is null ? within ?? filter : new Filter.And(within, filter));
        var query = new FeedQuery(text, rows, shown, top, (int)skip, count, null, null);
        return options.TryGetValue(Token, out var token) ? query.From(token, set, options, tokens) : query;
    }

    /// <exception cref="ProblemException">The option is one of OData's, and not offered.</exception>
    public static void CheckOffered(HttpRequest request)
    {
        if (NotOffered.FirstOrDefault(request.Query.ContainsKey) is { } option)
            throw FeedProblems.NotOffered(option, $" {option} ", option);
        if (request.Query.Keys.FirstOrDefault(name => name.StartsWith('@')) is { } alias)
            throw FeedProblems.NotOffered($"parameter aliases ({alias})", $"参数别名（{alias}）", alias);
    }

    /// <summary>The address of the next page: never the access key.</summary>
    public string Link(HttpRequest request, CursorSigner tokens, IReadOnlyList<string?> place, long? left)
    {
        var options = Repeated.Where(name => Parameters.Text(request, name) is not null)
            .Select(name => $"{name}={Uri.EscapeDataString(Parameters.Text(request, name)!)}");
        var token = tokens.After(Text.Whole, [left is { } rest ? FormattableString.Invariant($"{rest}") : null, Snapshot, .. place]);
        return PublicAddress.Of(request, $"{request.Path}?{string.Join('&', [.. options, $"{Token}={token}"])}");
    }

    private FeedQuery From(string token, FeedSet set, Dictionary<string, string> options, CursorSigner tokens)
    {
        if (First.FirstOrDefault(options.ContainsKey) is { } option)
            throw Malformed(option, $"not beside {Token}; the link of a next page is followed as it is.", $"不能与 {Token} 同时使用；请原样使用下一页链接。");
        if (tokens.Read(token, Text.Whole) is not { Count: > 2 } place || (place[1] is not null) != set is StarSet)
            throw new ProblemException(new Problem(Problems.CursorInvalid), Token);
        return this with
        {
            After = [.. place.Skip(2)],
            Snapshot = place[1],
            Top = place[0] is { } left
            ? long.Parse(left, CultureInfo.InvariantCulture) : null
        };
    }

    private static T Parse<T>(string option, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (Exception fault) when (fault is ODataException or FormatException or OverflowException or ArgumentException)
        {
            throw Malformed(option, fault.Message, fault.Message);
        }
    }

    private static ProblemException Malformed(string option, string en, string zh) => new(Problems.Parameter(option, en, zh), option);
}
