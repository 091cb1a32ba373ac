using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records.Query.Filters;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData;

/// <summary>Answers of the feed: OData 4.0, JSON, read-only. Every option is honoured or refused, none is passed over.</summary>
internal sealed class ODataFunctions(FeedModel model, FeedRows rows, ILogger<ODataFunctions> log)
{
    /// <param name="path">What follows <c>odata/</c>.</param>
    [Function("OData")]
    public async Task<IResult> Feed([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "odata/{*path}")] HttpRequest request,
        string? path, CancellationToken cancellationToken)
    {
        try
        {
            FeedForm.CheckVersion(request);
            return await RouteAsync(request, (path ?? "").Trim('/'), cancellationToken);
        }
        catch (QueryException fault)
        {
            return new FeedErrorResult(Problems.Parameter(fault.Parameter, $"expected {fault.Expected.En}.", $"应为{fault.Expected.Zh}。"),
                fault.Parameter);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new FeedErrorResult(ExceptionMapper.ProblemOf(fault, request, log), (fault as ProblemException)?.Target);
        }
    }

    private async Task<IResult> RouteAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        switch (path)
        {
            case "":
                return ServiceDocument.Answer(request, FeedForm.Of(request, []), model.Sets);
            case "$metadata":
                FeedForm.Check(request, "xml");
                return new MetadataResult(model.Csdl);
            default:
                return await RowsAsync(request, path, cancellationToken);
        }
    }

    private async Task<IResult> RowsAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        var segments = PathOf(path);
        if (segments[0] is not EntitySetSegment { EntitySet.Name: var name } || model.Find(name) is not { } set)
            throw FeedProblems.NotOffered("this address", "此地址");
        if (segments.Count == 1)
            return await rows.PageAsync(request, set, null, cancellationToken);
        if (segments is [_, CountSegment])
            return await rows.CountAsync(request, set, null, cancellationToken);
        var id = segments[1] is KeySegment key ? set.IdOf(key.Keys.ToDictionary()) : throw NoMore();
        if (segments.Count == 2)
            return await rows.OneAsync(request, set, id, null, cancellationToken);

        var way = segments[2] is NavigationPropertySegment step
            ? model.NavigationsOf(set).Single(each => each.Name == step.NavigationProperty.Name) : throw NoMore();
        return (segments.Count, segments[^1], way.Many) switch
        {
            (3, _, false) => await rows.OneAsync(request, set, id, way, cancellationToken),
            (3, _, true) => await rows.PageAsync(request, way.Target, new((LiveSet)set, id, way), cancellationToken),
            (4, CountSegment, true) => await rows.CountAsync(request, way.Target, new((LiveSet)set, id, way), cancellationToken),
            _ => throw NoMore(),
        };
    }

    private static ProblemException NoMore() => FeedProblems.NotOffered("what stands at the end of this address", "此地址末尾的部分");

    private List<ODataPathSegment> PathOf(string path)
    {
        try
        {
            var encoded = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
            return [.. new ODataUriParser(model.Edm,
                new Uri(encoded, UriKind.Relative)) { UrlKeyDelimiter = ODataUrlKeyDelimiter.Parentheses }.ParsePath()];
        }
        catch (ODataUnrecognizedPathException)
        {
            throw new ProblemException(new Problem(Problems.NotFound,
                new("The feed has no such address; its entity sets are listed at /odata.", "数据源没有此地址；实体集列于 /odata。")));
        }
        catch (ODataException fault)
        {
            throw new ProblemException(new Problem(Problems.BadRequest, new(fault.Message, $"无法理解此地址：{fault.Message}")));
        }
    }
}
