using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FriendCity.Benchmarks.Nights;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Scale;

/// <summary>What the service takes over so many projects, each size a process of its own.</summary>
/// <param name="Code">Beside the service, in another process.</param>
/// <param name="Scan">Seconds of a raw scan of the same rows by the official client.</param>
/// <param name="Load">Seconds from the service's start to its first list.</param>
/// <param name="Record">Milliseconds at one connection, as the other reads.</param>
/// <param name="NewRate">New questions a second at 64 connections, beside those of an empty function.</param>
/// <param name="Figures">Milliseconds for all figures of a date nobody asked for.</param>
/// <param name="NightTime">Seconds.</param>
/// <param name="NightMiB">The most that the worker took.</param>
/// <param name="NightBytes">Of all its files.</param>
internal sealed record ScaleSize(
    int Projects, LoadedCode Code, double Scan, double Load, double ResidentMiB, double Record, double List, double New,
    (double Ours, double Empty) NewRate, double Figures, double NightTime, double NightMiB, double NightBytes)
{
    /// <summary>What Table Storage takes to answer, in its region.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    public static async Task<ScaleSize> MeasureAsync(BenchContext context, AzuriteProcess emulator, string account, int projects)
    {
        var (cities, sectors) = await BenchStore.SampleAsync();
        string[] ids = [.. cities.Select(city => city.Id)];
        var office = AzuriteProcess.Connection(emulator.Tables, emulator.Blobs, account);
        await BenchStore.PutSampleAsync(office);
        await using var tables = await SyntheticTables.StartAsync(emulator.Tables, projects, cities, sectors);
        var storage = AzuriteProcess.Connection(tables.Tables, emulator.Blobs, account);
        var key = await BenchStore.AddKeyAsync(office);
        using var http = HttpLoad.Client(context.Options.Connections, key);
        // Drawn by the first scan, so that the storage takes little of the processors afterwards.
        await RawScan.RunAsync(storage, Project.Type);
        var code = await LoadedCode.OfAsync(storage, projects);

        tables.Delay = Delay;
        var begun = Stopwatch.GetTimestamp();
        await RawScan.RunAsync(storage, Project.Type);
        var scan = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await using var service = context.Service(storage, ("SnapshotSettleSeconds", "0"));
        var load = (await service.AnswersAsync("api/v1/projects?$top=1", Limit, key)).TotalSeconds;
        var resident = service.ResidentMiB;
        var day = new DateOnly(2026, 1, 1);
        await Night.RunAsync(http, service.Address, day);
        begun = Stopwatch.GetTimestamp();
        await Night.RunAsync(http, service.Address, day.AddDays(1));
        var (night, peak, bytes) = (Stopwatch.GetElapsedTime(begun).TotalSeconds, service.PeakMiB, await BytesAsync(http, service.Address));

        // A read waits for storage once, whatever the size: the rest is ours.
        tables.Delay = TimeSpan.Zero;
        var (record, list, fresh) = (Point.Of(service.Address, projects), Lists.Again(service.Address, ids, Lists.Top),
            Lists.New(service.Address, ids, Lists.Top));
        return new(projects, code, scan, load, resident, await MedianAsync(context, http, record), await MedianAsync(context, http, list),
            await MedianAsync(context, http, fresh), await AgainstEmpty.RunAsync(context, service.Address, fresh, key),
            await FiguresAsync(context, http, service.Address), night, peak, bytes);
    }

    private static async Task<double> MedianAsync(BenchContext context, HttpClient http, Uri[] addresses)
    {
        await HttpLoad.RunAsync(http, 1, context.Options.Span, addresses);
        var rounds = new List<double>();
        for (var round = 0; round < context.Options.Rounds; round++)
            rounds.Add((await HttpLoad.RunAsync(http, 1, context.Options.Span / 2, addresses)).Percentile(50));
        return Rounds.Median(rounds);
    }

    /// <summary>Each round asks for a day of its own: nothing of it is worked out yet.</summary>
    private static async Task<double> FiguresAsync(BenchContext context, HttpClient http, Uri service)
    {
        var times = new List<double>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var day = new DateOnly(2024, 3, 25).AddDays(round);
            var begun = Stopwatch.GetTimestamp();
            using var answer = await http.GetAsync(new Uri(service,
                string.Create(CultureInfo.InvariantCulture, $"api/v1/kpis?asOf={day:yyyy-MM-dd}&scope=SCO_LIVE&baseline=2018-06-09")));
            answer.EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return Rounds.Median(times.Skip(1));
    }

    private static async Task<double> BytesAsync(HttpClient http, Uri service)
    {
        var list = await http.GetFromJsonAsync<JsonElement>(new Uri(service, "api/v1/snapshots"));
        var newest = list.GetProperty("value")[0].GetProperty("id").GetString();
        var manifest = await http.GetFromJsonAsync<JsonElement>(new Uri(service, $"api/v1/snapshots/{newest}"));
        return manifest.GetProperty("files").EnumerateArray().Sum(file => file.GetProperty("bytes").GetDouble());
    }
}
