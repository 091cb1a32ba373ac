using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Formats;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Exports;
using FriendCity.RecordsApi.Files;
using FriendCity.Storage.TemporaryFiles;
using Microsoft.AspNetCore.Http.Features;

namespace FriendCity.ImportApi;

/// <summary>Imports over HTTP: a file becomes an operation, which says how far it is; its report says what is wrong with which row.</summary>
internal sealed class ImportFunctions(
    RecordTypes types, ImportFiles files, OperationStart operations, OperationStore known, Unmatched unmatched, TempFiles temporary)
{
    /// <summary>What the Functions host takes at most.</summary>
    public const int MaxBytes = 100 * 1024 * 1024;

    /// <summary>The format of a report that is the file as it was sent, with what is wrong.</summary>
    private const string AsSent = "file";

    /// <summary>What a report may be asked for as.</summary>
    public static readonly string[] ReportFormats = [.. FileFormat.OfLists.Select(format => format.Name), AsSent];

    [Function("Imports")]
    public async Task<IResult> Begin([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/imports/{type}")] HttpRequest request,
        string type, CancellationToken cancellationToken)
    {
        if (types.Find(type) is not { } wanted)
            return unmatched.Answer(request);
        var order = ImportRequest.Read(wanted, request);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes;
        await using var upload = await Upload.ReadAsync(request, MaxBytes, temporary, cancellationToken)
            ?? throw new ProblemException(new(Problems.TooLarge, new($"A file to import has at most {MaxBytes} bytes.", $"导入文件最多 {MaxBytes} 字节。")));
        await files.PrepareAsync(cancellationToken);
        BodyDigest.Note(request, upload.Sha256);
        return await operations.StartAsync(request, ImportJobs.Import, order.Write(), cancellationToken,
            id => files.PutUploadAsync(id, upload.Content, cancellationToken));
    }

    /// <summary>An empty workbook with the headings of the type.</summary>
    [Function("ImportTemplate")]
    public Task<IResult> Template(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/imports/{type}/template.xlsx")] HttpRequest request, string type,
        CancellationToken cancellationToken)
    {
        if (types.Find(type) is not { } wanted)
            return Task.FromResult(unmatched.Answer(request));
        Parameters.Check(request, Languages.Parameter);
        var language = Languages.Asked(request);
        using var file = new MemoryStream();
        XlsxTemplate.Write(file, wanted, language);
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.Vary, headers.ContentLanguage) = (JsonResult.CacheControl, "Accept-Language", Languages.Tag(language));
        return Task.FromResult(Results.Bytes(file.ToArray(), FileFormat.Xlsx.MediaType, $"{wanted.Name}.xlsx"));
    }

    [Function("OperationReport")]
    public async Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/operations/{id}/report")] HttpRequest request, string id,
        CancellationToken cancellationToken)
    {
        Parameters.Check(request, FileFormat.Parameter);
        var format = Parameters.Text(request, FileFormat.Parameter) is not null
            && Parameters.Choice(request, FileFormat.Parameter, ReportFormats) == AsSent ? null : FileFormat.Of(request, FileFormat.OfLists);
        if (await known.FindAsync(id, cancellationToken) is { Kind: ImportJobs.Import })
        {
            if (format == FileFormat.Json && await files.ReportAsync(id, cancellationToken) is { } report)
                return ImportReport.Answer(id, report, Languages.Of(request));
            if (format != FileFormat.Json && await files.MarkedAsync(id, format, cancellationToken) is var (marked, own))
                return Results.Stream(marked, own.ContentType, $"errors-{id}.{own.Name}");
        }

        throw new ProblemException(new(Problems.NotFound, new($"There is no report of operation {id}, or not yet.", $"操作 {id} 没有报告，或尚未生成。")));
    }

    /// <summary>Deletes what imports left behind; nobody waits for it.</summary>
    [Function("SweepImports")]
    public Task Sweep([TimerTrigger("0 45 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) => files.SweepAsync(cancellationToken);
}
