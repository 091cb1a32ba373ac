using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FriendCity.Benchmarks.Store;
using FriendCity.Records.Persistence;
using FriendCity.Registry;
using FriendCity.Storage.Tables;

namespace FriendCity.Benchmarks.Scale;

/// <summary>
/// The emulator's tables, but for the projects: those are drawn, however many, and answered as Table Storage does, in pages of a thousand
/// with a continuation, each a version old. They can be read and not written.
/// </summary>
internal sealed partial class SyntheticTables : TablesProxy
{
    private const int PageRows = 1000;

    private readonly IReadOnlyList<City> _cities;
    private readonly IReadOnlyList<string> _sectors;

    /// <summary>The numbers of the projects of each partition, in the order of their ids.</summary>
    private readonly int[][] _numbers;

    /// <summary>Drawn once: the service that is measured shares the processors with this storage.</summary>
    private readonly ConcurrentDictionary<string, (byte[] Body, string? Next)> _pages = new(StringComparer.Ordinal);

    private SyntheticTables(Uri target, int projects, IReadOnlyList<City> cities, IReadOnlyList<string> sectors) : base(target)
    {
        (_cities, _sectors) = (cities, sectors);
        var partitions = Enumerable.Range(0, projects).ToLookup(number => RecordKeys.Partition(DrawnProjects.Id(number)));
        _numbers = [.. RecordKeys.Partitions.Select(partition => partitions[partition].ToArray())];
    }

    /// <summary>How long an answer takes besides.</summary>
    public TimeSpan Delay { get; set; }

    public static async Task<SyntheticTables> StartAsync(Uri target, int projects, IReadOnlyList<City> cities, IReadOnlyList<string> sectors)
    {
        var tables = new SyntheticTables(target, projects, cities, sectors);
        await tables.StartAsync();
        return tables;
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, context.RequestAborted);
        var what = context.Request.Path.Value!.Split('/')[^1];
        if (!HttpMethods.IsGet(context.Request.Method) || !what.StartsWith($"{Project.Type.Table}(", StringComparison.Ordinal))
            await ForwardAsync(context);
        else if (what == $"{Project.Type.Table}()")
            await PageAsync(context);
        else
            await RowAsync(context, Word(KeyPartition(), what)!, Word(KeyRow(), what)!);
    }

    private async Task PageAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (filter, next) = ($"{query["$filter"]}", (string?)query["NextRowKey"]);
        string[]? columns = query["$select"] is [{ } names] ? names.Split(',') : null;
        var partition = (string?)query["NextPartitionKey"] ?? Word(FilterPartition(), filter);
        var isAll = Word(FilterPartition(), filter) is null;
        var (body, continuation) = _pages.GetOrAdd($"{context.Request.QueryString}", _ => Page(
            partition ?? RecordKeys.Partitions[0], isAll, next ?? Word(FilterFrom(), filter), Word(FilterBefore(), filter), columns,
            next is null ? null : Word(FilterFrom(), filter)));
        if (continuation?.Split(' ') is [var nextPartition, var nextRow])
        {
            context.Response.Headers["x-ms-continuation-NextPartitionKey"] = nextPartition;
            context.Response.Headers["x-ms-continuation-NextRowKey"] = nextRow;
        }

        await SendAsync(context, body);
    }

    /// <param name="onFrom">Where later partitions begin, when the first one goes on from a continuation.</param>
    private (byte[] Body, string? Next) Page(string first, bool isAll, string? from, string? before, string[]? columns, string? onFrom)
    {
        using var body = new MemoryStream();
        using var writer = new Utf8JsonWriter(body);
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        var (left, next) = (PageRows, (string?)null);
        for (var at = Array.IndexOf(RecordKeys.Partitions, first); next is null && at < RecordKeys.Partitions.Length; at++)
        {
            var (row, end) = (from is null ? 0 : Find(at, from), before is null ? 2 * _numbers[at].Length : Find(at, before));
            for (; row < end && left > 0; row++, left--)
                Write(writer, at, row, columns);
            if (row < end)
                next = $"{RecordKeys.Partitions[at]} {Key(at, row)}";
            if (!isAll)
                break;
            from = onFrom ?? from;
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return (body.ToArray(), next);
    }

    private async Task RowAsync(HttpContext context, string partition, string key)
    {
        var at = Array.IndexOf(RecordKeys.Partitions, partition);
        var row = Find(at, key);
        if (row == 2 * _numbers[at].Length || Key(at, row) != key)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.Headers["x-ms-error-code"] = "ResourceNotFound";
            await SendAsync(context, "{\"odata.error\":{\"code\":\"ResourceNotFound\"}}"u8.ToArray());
            return;
        }

        using var body = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(body))
            Write(writer, at, row, null);
        await SendAsync(context, body.ToArray());
    }

    private static async Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json;odata=minimalmetadata;charset=utf-8";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>The first row of a partition whose key is not before that one: all of history, then the current rows.</summary>
    private int Find(int partition, string key)
    {
        var (low, high) = (0, 2 * _numbers[partition].Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = string.CompareOrdinal(Key(partition, middle), key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private string Key(int partition, int row)
    {
        var numbers = _numbers[partition];
        return row < numbers.Length
            ? RecordKeys.History(DrawnProjects.Id(numbers[row]), 1) : RecordKeys.Current(DrawnProjects.Id(numbers[row - numbers.Length]));
    }

    private void Write(Utf8JsonWriter writer, int partition, int at, string[]? columns)
    {
        var project = DrawnProjects.Draw(_numbers[partition][at % _numbers[partition].Length], 1, _cities, _sectors).Single();
        RawRows.Age(project);
        var row = RecordRows.Current(Project.Type, project);
        writer.WriteStartObject();
        writer.WriteString("odata.etag", "W/\"datetime'2026-01-01T00%3A00%3A00Z'\"");
        writer.WriteString("PartitionKey", row.PartitionKey);
        writer.WriteString("RowKey", Key(partition, at));
        foreach (var (name, value) in row.Columns.Where(column => columns?.Contains(column.Key) != false))
            Write(writer, name, value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(name, text);
                break;
            case long number:
                writer.WriteString($"{name}@odata.type", "Edm.Int64");
                writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case double number:
                writer.WriteString($"{name}@odata.type", "Edm.Double");
                writer.WriteNumber(name, number);
                break;
            case DateTimeOffset instant:
                writer.WriteString($"{name}@odata.type", "Edm.DateTime");
                writer.WriteString(name, Edm.Text(instant));
                break;
            default:
                throw new InvalidOperationException($"Drawn projects have no column like {name}.");
        }
    }

    private static string? Word(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups["word"].Value : null;

    [GeneratedRegex("PartitionKey='(?<word>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex KeyPartition();

    [GeneratedRegex("RowKey='(?<word>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex KeyRow();

    [GeneratedRegex("PartitionKey eq '(?<word>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex FilterPartition();

    [GeneratedRegex("RowKey ge '(?<word>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex FilterFrom();

    [GeneratedRegex("RowKey lt '(?<word>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex FilterBefore();
}
