using System.Diagnostics;
using System.Globalization;
using FriendCity.Benchmarks.Instances;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Serialization;
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
            Line.Note(string.Create(CultureInfo.InvariantCulture, $"import of {count:#,0} projects, and raw batches"), "rows/s", Rounds.Median(ours),
                Rounds.Median(raw)),
            .. await WhileListingAsync(context, store, count),
        ];
    }

    /// <summary>
    /// Readers who take a moment between two lists: when nothing else happens, while another instance starts and loads the registry, and
    /// while that instance imports. The emulator answers one request at a time, so a start keeps it from its readers.
    /// </summary>
    private static async Task<IReadOnlyList<Line>> WhileListingAsync(BenchContext context, BenchStore store, int count)
    {
        var options = context.Options;
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(options.Connections, store.Key(Loaded.Full));
        var addresses = Lists.Again(service.Address, store);
        var quiet = await HttpLoad.RunAsync(http, options.Connections, TimeSpan.FromSeconds(5), Next, Thinking);
        var folder = Scratch.Folder("import");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "projects.json"), Text(store.Draw(options.Rows, count)));
            using var other = OtherInstance.Start(store.ConnectionString(Loaded.Full));
            var starting = await WhileAsync(() => other.AskAsync("heap"));
            var begun = Stopwatch.GetTimestamp();
            var importing = await WhileAsync(() => other.AskAsync($"import {folder}"));
            var elapsed = Stopwatch.GetElapsedTime(begun);
            return
            [
                Line.Limit("lists while an import runs, p99", "ms", importing.Percentile(99), 250),
                Line.Limit("lists refused meanwhile", "lists", importing.Refused, 0),
                Line.Note("the same p50, and without the import", "ms", importing.Percentile(50), quiet.Percentile(50)),
                Line.Note("the same p99, and without the import", "ms", importing.Percentile(99), quiet.Percentile(99)),
                Line.Note("rows a second of that import", "rows/s", count / elapsed.TotalSeconds),
                Line.Note("lists while another instance starts, p50", "ms", starting.Percentile(50)),
                Line.Note("the same p99", "ms", starting.Percentile(99)),
                Line.Note("lists refused meanwhile", "lists", starting.Refused),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        async Task<LoadResult> WhileAsync(Func<Task<string>> work)
        {
            using var end = new CancellationTokenSource();
            var load = HttpLoad.RunAsync(http, options.Connections, Limit, Next, Thinking, end.Token);
            await work();
            await end.CancelAsync();
            return await load;
        }

        Uri Next(int worker, int n) => addresses[((worker * 37) + n) % addresses.Length];
    }

    public static async Task<string> AccountAsync(BenchStore store)
    {
        var account = store.EmptyAccount();
        await BenchStore.PutSampleAsync(account);
        return account;
    }

    public static async Task<TimeSpan> PutAsync(string account, IEnumerable<Project> projects)
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
            return await ServerProcess.RunAsync(app, account, "import", folder);
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
