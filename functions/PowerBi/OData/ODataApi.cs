using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records.Query.Filters;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData;

/// <summary>Answers of the feed: OData 4.0, JSON, read-only. Every option is honoured or refused, none is passed over.</summary>
public sealed class ODataApi
{
    private readonly FeedModel _model;
    private readonly FeedRows _rows;
    private readonly ILogger _log;

    internal ODataApi(FeedModel model, FeedRows rows, ILogger<ODataApi> log) => (_model, _rows, _log) = (model, rows, log);

    /// <param name="path">What follows <c>odata/</c>.</param>
    internal Task<IResult> AnswerAsync(HttpRequest request, string? path, CancellationToken cancellationToken) => ExceptionMapper.RunAsync(
        request, _log, () => RouteAsync(request, (path ?? "").Trim('/'), cancellationToken), problem => new FeedErrorResult(problem));

    private async Task<IResult> RouteAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        if (FeedForm.CheckVersion(request) is { } unknown)
            return new FeedErrorResult(unknown);
        try
        {
            return path switch
            {
                "" => Root(request),
                "$metadata" => FeedForm.Check(request, "xml") is { } refused ? new FeedErrorResult(refused) : new MetadataResult(_model.Csdl),
                _ => await RowsAsync(request, path, cancellationToken),
            };
        }
        catch (FeedRefusal refusal)
        {
            return new FeedErrorResult(refusal.Problem, refusal.Target);
        }
        catch (QueryException fault)
        {
            return new FeedErrorResult(Problems.Parameter(fault.Parameter, $"expected {fault.Expected.En}.", $"应为{fault.Expected.Zh}。"),
                fault.Parameter);
        }
    }

    private IResult Root(HttpRequest request)
    {
        var (form, refused) = FeedForm.Of(request, []);
        return form is null ? new FeedErrorResult(refused!) : ServiceDocument.Answer(request, form, _model.Sets);
    }

    private async Task<IResult> RowsAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        var segments = PathOf(path);
        if (segments[0] is not EntitySetSegment { EntitySet.Name: var name } || _model.Find(name) is not { } set)
            throw FeedRefusal.NotOffered("this address", "此地址");
        if (segments.Count == 1)
            return await _rows.PageAsync(request, set, null, cancellationToken);
        if (segments is [_, CountSegment])
            return await _rows.CountAsync(request, set, null, cancellationToken);
        var id = segments[1] is KeySegment key ? set.IdOf(key.Keys.ToDictionary()) : throw NoMore();
        if (segments.Count == 2)
            return await _rows.OneAsync(request, set, id, null, cancellationToken);

        var way = segments[2] is NavigationPropertySegment step
            ? _model.NavigationsOf(set).Single(each => each.Name == step.NavigationProperty.Name) : throw NoMore();
        return (segments.Count, segments[^1], way.Many) switch
        {
            (3, _, false) => await _rows.OneAsync(request, set, id, way, cancellationToken),
            (3, _, true) => await _rows.PageAsync(request, way.Target, new((LiveSet)set, id, way), cancellationToken),
            (4, CountSegment, true) => await _rows.CountAsync(request, way.Target, new((LiveSet)set, id, way), cancellationToken),
            _ => throw NoMore(),
        };
    }

    private static FeedRefusal NoMore() => FeedRefusal.NotOffered("what stands at the end of this address", "此地址末尾的部分");

    private List<ODataPathSegment> PathOf(string path)
    {
        try
        {
            var encoded = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            return [.. new ODataUriParser(_model.Edm,
                new Uri(encoded, UriKind.Relative)) { UrlKeyDelimiter = ODataUrlKeyDelimiter.Parentheses }.ParsePath()];
        }
        catch (ODataUnrecognizedPathException)
        {
            throw new FeedRefusal(new Problem(Problems.NotFound,
                new("The feed has no such address; its entity sets are listed at /odata.", "数据源没有此地址;实体集列于 /odata。")));
        }
        catch (ODataException fault)
        {
            throw new FeedRefusal(new Problem(Problems.BadRequest, new(fault.Message, $"无法理解此地址:{fault.Message}")));
        }
    }
}
