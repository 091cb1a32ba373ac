using System.Diagnostics;
using System.Globalization;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Writing;

/// <summary>The service's own import beside raw batches of the same rows, and what lists of another instance feel of one.</summary>
internal static class Imports
{
    private const int Turns = 2;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (options, store) = (context.Options, await context.StoreAsync());
        var count = Math.Min(options.Rows / 10, 10_000);
        var (ours, raw) = (new List<double>(), new List<double>());
        for (var turn = 0; turn < Turns; turn++)
        {
            ours.Add(count / (await ImportAsync(options.App, await AccountAsync(store), store.Draw(0, count))).TotalSeconds);
            raw.Add(count / (await PutAsync(await AccountAsync(store), store.Draw(0, count))).TotalSeconds);
        }

        return
        [
            Line.Note(string.Create(CultureInfo.InvariantCulture, $"import of {count:#,0} projects, and raw batches"), "rows/s", Rounds.Median(ours), Rounds.Median(raw)),
            .. await WhileListingAsync(context, store, count / 2),
        ];
    }

    /// <summary>Readers who take a moment between two lists, before the import and while it runs.</summary>
    private static async Task<IReadOnlyList<Line>> WhileListingAsync(BenchContext context, BenchStore store, int count)
    {
        var options = context.Options;
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(options.Connections, store.Key(Loaded.Full));
        var addresses = Lists.Again(service, store);
        var quiet = await HttpLoad.RunAsync(http, options.Connections, TimeSpan.FromSeconds(5), Next, Thinking);
        using var end = new CancellationTokenSource();
        var load = HttpLoad.RunAsync(http, options.Connections, Limit, Next, Thinking, end.Token);
        var import = await ImportAsync(options.App, store.ConnectionString(Loaded.Full), store.Draw(options.Rows, count));
        await end.CancelAsync();
        var busy = await load;
        return
        [
            Line.Limit("lists while an import runs, p99", "ms", busy.Percentile(99), 250),
            Line.Note("the same p50, and without the import", "ms", busy.Percentile(50), quiet.Percentile(50)),
            Line.Note("the same p99 without the import", "ms", quiet.Percentile(99)),
            Line.Note("rows a second of that import", "rows/s", count / import.TotalSeconds),
        ];

        Uri Next(int worker, int n) => addresses[((worker * 37) + n) % addresses.Length];
    }

    private static async Task<string> AccountAsync(BenchStore store)
    {
        var account = store.EmptyAccount();
        await BenchStore.PutSampleAsync(account);
        return account;
    }

    private static async Task<TimeSpan> PutAsync(string account, IEnumerable<Project> projects)
    {
        List<Record> records = [.. projects];
        var begun = Stopwatch.GetTimestamp();
        await RawRows.PutAsync(RawRows.Tables(account), Project.Type, records);
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>The whole life of the importing process.</summary>
    private static async Task<TimeSpan> ImportAsync(string app, string account, IEnumerable<Project> projects)
    {
        var folder = Scratch.Folder("import");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "projects.json"), Text(projects));
            return await ServerProcess.RunAsync(app, account, "--import", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static string Text(IEnumerable<Project> projects) => Json.Text(writer =>
    {
        writer.WriteStartArray();
        foreach (var project in projects)
        {
            writer.WriteStartObject();
            writer.WriteString("id", project.Id);
            Project.Type.WriteFields(writer, project);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });
}
