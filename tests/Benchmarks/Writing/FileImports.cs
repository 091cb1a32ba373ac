using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text.Json;
using FriendCity.Benchmarks.Store;
using FriendCity.Records;
using FriendCity.Records.Formats;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Query;
using FriendCity.RecordsApi.Exports;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Writing;

/// <summary>
/// All the projects of the options as one file over HTTP, beside raw batches of the same rows, with the memory that the worker takes; and the
/// same file with a fault in its last row, of which nothing may be written.
/// </summary>
internal static class FileImports
{
    private const double Part = 0.5;
    private const double MostMiB = 350;

    /// <summary>Of the progress that somebody who waits is told.</summary>
    private const int LeastSteps = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (store, count) = (await context.StoreAsync(), context.Options.Rows);
        var lines = new List<Line>();
        foreach (var format in new[] { FileFormat.Csv, FileFormat.Xlsx })
        {
            var raw = await Imports.PutAsync(await Imports.AccountAsync(store), store.Draw(0, count));
            List<Record> records = [.. store.Draw(0, count)];
            var file = await FileAsync(format, records);
            var account = await Imports.AccountAsync(store);
            await using var service = context.Service(account);
            await service.AnswersAsync("health/ready", TimeSpan.FromMinutes(2));
            using var http = HttpLoad.Client(1, await BenchStore.AddKeyAsync(account));

            // Refused before it is taken: nothing is in the way of it then.
            var refused = await ImportAsync(http, service, format, await FileAsync(format, [.. records.SkipLast(1), Nowhere(records[^1])]));
            var (inserted, steps, elapsed) = await ImportAsync(http, service, format, file);
            if (inserted != count)
                throw new InvalidOperationException($"{inserted} of {count} projects were imported.");
            var what = string.Create(CultureInfo.InvariantCulture, $"import of {count:#,0} projects as {format.Name}");
            lines.Add(Line.AtLeast(what, "rows/s", count / elapsed.TotalSeconds, count / raw.TotalSeconds, Part, "raw batches"));
            lines.Add(Line.Limit($"{what}, peak memory", "MiB", service.PeakMiB, MostMiB));
            lines.Add(Line.Floor($"{what}, progress seen", "steps", steps, LeastSteps));
            lines.Add(Line.Limit($"{what}, rows written with a fault in the last", "rows", refused.Inserted, 0));
        }

        return lines;
    }

    /// <summary>With a city that is not registered.</summary>
    private static Record Nowhere(Record project)
    {
        var columns = Project.Type.ToColumns(project).ToDictionary();
        columns["CityId"] = "NOWHERE";
        var nowhere = Project.Type.FromColumns(columns);
        nowhere.Id = project.Id;
        return nowhere;
    }

    private static async Task<byte[]> FileAsync(FileFormat format, IReadOnlyList<Record> records)
    {
        var query = new QueryCache().Get(Project.Type, new QueryText(Project.Type.Name, null, null, null, null));
        var table = new RecordTable(Project.Type, query, null, codes: false);
        using var file = new MemoryStream();
        if (format == FileFormat.Csv)
            await RecordCsv.WriteAsync(PipeWriter.Create(file, new(leaveOpen: true)), table, records, CancellationToken.None);
        else
            RecordXlsx.Write(file, table, records, new XlsxLimits(), CancellationToken.None);
        return file.ToArray();
    }

    /// <summary>From the first byte sent until the operation is over.</summary>
    /// <returns>With how many different states of progress were seen meanwhile.</returns>
    private static async Task<(int Inserted, int Steps, TimeSpan Elapsed)> ImportAsync(HttpClient http, ServerProcess service, FileFormat format, byte[] file)
    {
        var begun = Stopwatch.GetTimestamp();
        using var content = new ByteArrayContent(file) { Headers = { ContentType = MediaTypeHeaderValue.Parse(format.MediaType) } };
        using var accepted = await http.PostAsync(new Uri(service.Address, "api/v1/imports/projects"), content);
        accepted.EnsureSuccessStatusCode();
        var steps = new HashSet<int>();
        while (true)
        {
            using var operation = JsonDocument.Parse(await http.GetStringAsync(new Uri(service.Address, accepted.Headers.Location!.PathAndQuery)));
            if (operation.RootElement.GetProperty("state").GetString() is not ("queued" or "running"))
                return (operation.RootElement.GetProperty("import").GetProperty("inserted").GetInt32(), steps.Count, Stopwatch.GetElapsedTime(begun));
            steps.Add(operation.RootElement.GetProperty("done").GetInt32());
            await Task.Delay(Pause);
        }
    }
}
