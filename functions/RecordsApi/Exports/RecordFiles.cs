using System.IO.Pipelines;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Formats;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Query;
using FriendCity.RecordsApi.Lists;
using FriendCity.Serialization;
using FriendCity.Storage.TemporaryFiles;
using Microsoft.Net.Http.Headers;

namespace FriendCity.RecordsApi.Exports;

/// <summary>
/// Records as a file. CSV and NDJSON are sent as they are written; a workbook is made first, so that one that cannot be is refused.
/// </summary>
internal sealed class RecordFiles(HeavyWork heavy, TempFiles files, XlsxLimits limits)
{
    private const int FlushAt = 32 * 1024;

    public async Task<IResult> AnswerAsync(RecordType type, ListQuery query, IReadOnlyList<Record> records, FileForm form,
        CancellationToken cancellationToken)
    {
        if (form.Format == FileFormat.Ndjson)
            return new FileResult(type, form, (output, stop) => WriteLinesAsync(output, type, query, records, stop));
        if (form.Format == FileFormat.Csv)
            return new FileResult(type, form, (output, stop) => RecordCsv.WriteAsync(output, Table(type, query, form), records, stop));
        var file = await heavy.RunAsync(() => Workbook(type, query, records, form, cancellationToken), cancellationToken);
        return new FileResult(type, form, async (output, stop) =>
        {
            await using (file)
                await file.CopyToAsync(output, stop);
        })
        { Length = file.Length };
    }

    /// <exception cref="ProblemException">Excel cannot hold it.</exception>
    public Stream Workbook(RecordType type, ListQuery query, IReadOnlyList<Record> records, FileForm form, CancellationToken cancellationToken)
    {
        var file = files.Open();
        try
        {
            RecordXlsx.Write(file, Table(type, query, form), records, limits, cancellationToken);
            file.Position = 0;
            return file;
        }
        catch (XlsxLimitException limit)
        {
            file.Dispose();
            throw new ProblemException(new(Problems.XlsxLimit, new(
                $"{limit.Reason.En} Ask for csv or ndjson, or for fewer records.", $"{limit.Reason.Zh}请改用 csv 或 ndjson，或缩小范围。")));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static RecordTable Table(RecordType type, ListQuery query, FileForm form) => new(type, query, form.Language, form.Codes);

    /// <summary>Each record as lists show it, on a line of its own.</summary>
    private static async Task WriteLinesAsync(PipeWriter output, RecordType type, ListQuery query, IReadOnlyList<Record> records,
        CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(output, Json.Writing);
        var pending = 0L;
        foreach (var record in records)
        {
            ListJson.Write(writer, type, query, record);
            writer.Flush();
            pending += writer.BytesCommitted;
            writer.Reset();
            output.GetSpan(1)[0] = (byte)'\n';
            output.Advance(1);
            if (pending < FlushAt)
                continue;
            await output.FlushAsync(cancellationToken);
            pending = 0;
        }

        await output.FlushAsync(cancellationToken);
    }

    private sealed class FileResult(RecordType type, FileForm form, Func<PipeWriter, CancellationToken, Task> write) : IResult
    {
        public long? Length { get; init; }

        public async Task ExecuteAsync(HttpContext context)
        {
            var response = context.Response;
            response.ContentType = form.Format.ContentType;
            response.ContentLength = Length;
            response.Headers.CacheControl = JsonResult.CacheControl;
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
            response.Headers.ContentDisposition = $"attachment; filename=\"{type.Name}.{form.Format.Name}\"";
            if (form.Language is { } language)
                response.Headers.ContentLanguage = Languages.Tag(language);
            await write(response.BodyWriter, context.RequestAborted);
        }
    }
}
