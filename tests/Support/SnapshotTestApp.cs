using FriendCity.Messages;
using FriendCity.Operations;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Tests.Contracts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Support;

/// <summary>
/// The application without its doors, over an account with the sample: makes snapshots, and sees to it that all is well with those there are.
/// </summary>
internal sealed class SnapshotTestApp : IDisposable
{
    private readonly IHost _host;
    private readonly string _connection;

    /// <summary>Files seen whole, each with its ETag: one that still bears it has the same bytes.</summary>
    private readonly HashSet<(string Path, string ETag)> _whole = [];

    private SnapshotTestApp(IHost host, string connection) => (_host, _connection) = (host, connection);

    public SnapshotRun Run => _host.Services.GetRequiredService<SnapshotRun>();

    public SnapshotStore Store => _host.Services.GetRequiredService<SnapshotStore>();

    public IServiceProvider Services => _host.Services;

    private static int Files => SnapshotMajors.Files.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Nothing is waited for, since nobody writes; and files are swept at once, whatever their age.</summary>
    public static SnapshotTestApp Open(string connection, StorageOptions? storage = null, TimeProvider? time = null, SnapshotOptions? options = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsStorage", connection), new("Views", Sample.Settings["Views"])]);
        builder.Services
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(storage ?? StorageClients.Quick)
            .AddSingleton(options ?? SnapshotOptions.Default with
            {
                Settle = TimeSpan.Zero,
                Kept = 3,
                MinAge = TimeSpan.Zero,
                SweepAfter = TimeSpan.FromMinutes(-1)
            })
            .AddFriendCity(builder.Configuration);
        return new SnapshotTestApp(builder.Build(), connection);
    }

    /// <param name="folder">The whole sample when there is none.</param>
    public async Task ImportAsync(string? folder = null) =>
        Assert.Empty((await Services.GetRequiredService<Importer>().RunAsync(folder ?? Sample.Folder, "import", Token)).Faults);

    /// <summary>A project gets another version, so the figures of every day are others than in the snapshots so far: a stale copy shows.</summary>
    public async Task ChangeAsync()
    {
        var project = (await Services.GetRequiredService<Replica>().ReadAsync(Token)).Of(Project.Type).Live.First();
        Assert.IsType<WriteOutcome.Stored>(await Services.GetRequiredService<RecordStore>()
            .WriteAsync(Project.Type, project.Id, "tests", current => new WritePlan.Store(Again(current!)), Token));
    }

    public async Task<string?> CurrentIdAsync() => await Store.CurrentAsync(Token) is { Pointer.Published: [var current, ..] } ? current.Id : null;

    /// <summary>
    /// Publishes a snapshot. A lease that a dead runner left behind is broken, as its minute would end it; says whether there was one.
    /// </summary>
    public async Task<(string Id, bool WasLeased)> PublishAsync(SnapshotJob job)
    {
        var outcome = await Run.RunAsync(job, Token);
        var wasLeased = outcome is SnapshotOutcome.Busy;
        if (wasLeased)
        {
            Assert.Equal(202, await StorageClients.BreakLeaseAsync(_connection, Store.Current));
            outcome = await Run.RunAsync(job, Token);
        }

        return (Assert.IsType<SnapshotOutcome.Published>(outcome).Manifest.Id, wasLeased);
    }

    /// <summary>Breaks the lease of a run, if there is one.</summary>
    public Task BreakRunAsync() => StorageClients.BreakLeaseAsync(_connection, Store.Current);

    public Task BreakLeaseAsync(string operation) => StorageClients.BreakLeaseAsync(_connection, OperationStore.Input(operation));

    /// <summary>
    /// I4 and I5: the pointer names a manifest, each manifest its files, all there with their hashes; the figures come out again from the
    /// records. Nothing to see is well too.
    /// </summary>
    public async Task AuditAsync()
    {
        if (await Store.CurrentAsync(Token) is not { Pointer.Published: [var current, ..] } at)
            return;
        Assert.Equal(at.Pointer.Sha256, SnapshotStore.Hash((await Store.BytesAsync(at.Pointer.Manifest!, Token))!));
        var there = new Dictionary<string, string>();
        await foreach (var item in Store.ListAsync("snapshots/", Token))
            there.Add(item.Name, item.ETag);
        foreach (var snapshot in at.Pointer.Published)
        {
            var manifest = SnapshotStore.PathOf(snapshot.Id, SnapshotManifest.FileName);
            if (there.Where(file => file.Key.StartsWith(SnapshotStore.PathOf(snapshot.Id, ""), StringComparison.Ordinal)).ToList() is var own
                && own.Count == Files + 1 && own.TrueForAll(file => _whole.Contains((file.Key, file.Value))))
                continue;
            var files = SnapshotManifest.FilesOf((await Store.BytesAsync(manifest, Token))!);
            Assert.Equal(Files, files.Count);
            await Parallel.ForEachAsync(files, Token,
                async (file, token) => Assert.Equal(file.Sha256, SnapshotStore.Hash((await Store.BytesAsync(snapshot.Id, file.Name, token))!)));
            foreach (var path in files.Select(file => SnapshotStore.PathOf(snapshot.Id, file.Name)).Append(manifest))
                _whole.Add((path, there[path]));
        }

        // As known at the cut: what was imported a moment before it may bear a later time, while the clocks still settle.
        var (watermark, _) = SnapshotManifest.CutOf((await Store.BytesAsync(current.Id, SnapshotManifest.FileName, Token))!);
        var registry = await Services.GetRequiredService<PastRecords>()
            .AtAsync(await Services.GetRequiredService<Replica>().ReadAsync(Token), watermark, Token);
        foreach (var table in DailyFormats.Tables)
            Assert.Equal(
                table.Read(registry, current.SnapshotDate).Rows.Select(row => string.Join('|', row)),
                DailyFormats.On(await Store.RowsAsync(current.Id, table, Token), current.SnapshotDate).Select(row => string.Join('|', row)));
    }

    /// <summary>The same with every file read again: for storage that may have lost what it held.</summary>
    public Task AuditAnewAsync()
    {
        _whole.Clear();
        return AuditAsync();
    }

    /// <summary>After a run that met no fault: no file is left of those that failed (I6), and every copy is the current snapshot's.</summary>
    public async Task AuditRepairsAsync()
    {
        var published = (await Store.PublishedAsync(Token)).Select(each => each.Id).ToList();
        await foreach (var file in Store.ListAsync("snapshots/", Token))
            Assert.Contains(file.Name.Split('/')[1], published);
        foreach (var (name, copy) in new[]
        {
            ("kpi_daily.parquet", "kpi_daily.parquet"), ("kpi_daily.csv", "kpi_daily.csv"), ("kpi_daily.v2.csv.gz", "kpi_daily.csv.gz"),
        })
        {
            Assert.Equal(published[0], await Store.CopyOfAsync($"latest/{copy}", Token));
            Assert.Equal(await Store.BytesAsync(published[0], name, Token), await Store.BytesAsync($"latest/{copy}", Token));
        }

        foreach (var table in DailyFormats.Tables)
            foreach (var day in (await Store.RowsAsync(published[0], table, Token)).GroupBy(DailyFormats.DayOf))
            {
                var path = SnapshotCopies.HistoryPath(table, day.Key);
                var of = (await Store.CopyOfAsync(path, Token))!;
                Assert.Equal(SnapshotFormat.Parquet.Bytes(table, day, of), await Store.BytesAsync(path, Token));
            }

        foreach (var major in SnapshotMajors.All)
            Assert.NotNull(await Store.BytesAsync($"contract/{major}/schema.json", Token));
    }

    public void Dispose() => _host.Dispose();

    private static FriendCity.Records.Record Again(FriendCity.Records.Record record)
    {
        var fields = Json.Text(writer =>
        {
            writer.WriteStartObject();
            Project.Type.WriteFields(writer, record);
            writer.WriteEndObject();
        });
        return Project.Type.Read((JObject)Json.Parse(fields), new ValidationContext());
    }
}
