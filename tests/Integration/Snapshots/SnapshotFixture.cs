using System.Text.Json;
using FriendCity.Http.Errors;
using FriendCity.Idempotency;
using FriendCity.Kpis.Model;
using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Api;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Everything a snapshot needs, over storage in memory, a clock that moves when told, and the sample records.</summary>
internal sealed class SnapshotFixture : ISnapshotSource
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly ILoggerFactory _loggers;

    public SnapshotFixture(RegistrySnapshot registry, DateOnly? figuresFrom = null)
    {
        Options = SnapshotOptions.Default with { AppVersion = "1.2.3", FiguresFrom = figuresFrom, SwapPatience = TimeSpan.Zero };
        Clock = new FakeClock(Start);
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(Log));
        Blobs = new MemoryBlobs(Clock);
        Store = new SnapshotStore(Blobs, new TempFiles(() => Room()));
        Registry = registry;
        // Storage tells its hour with each answer.
        Tables = new FakeTables(Clock);
        Blobs.Answered = () => Tables.Clock.Observe(Clock.GetUtcNow(), Clock.GetTimestamp(), Clock.GetTimestamp());
        Machine = new WrongClock(Clock);
        Feed = new ChangeFeed(null!, Tables.Clock, new Quarantine(_loggers.CreateLogger<Quarantine>()), _loggers.CreateLogger<ChangeFeed>());
        Calendar = CalendarOf(Machine, Tables.Clock);
        Keeper = new PointerKeeper(Store, Feed, Machine, _loggers.CreateLogger<PointerKeeper>());
        Run = NewRun(Machine);
        Book = new OperationStore(Tables, Blobs, Feed, Machine, _loggers.CreateLogger<OperationStore>());
        var requests = new KeyedRequests(Tables, Tables.Clock, IdempotencyOptions.Default, _loggers.CreateLogger<KeyedRequests>());
        Nightly = new NightlySnapshot(Run, new ChangePurge(Tables, Feed), Book, requests, Options, Calendar,
            _loggers.CreateLogger<NightlySnapshot>());
        Operations = NewRunner();
        Functions = new SnapshotFunctions(Store, new SnapshotContent(Store), new OperationStart(Operations, Book, requests), Calendar);
        OperationFunctions = new OperationFunctions(Book, Operations, Keeper.WatchAsync, _loggers.CreateLogger<OperationFunctions>());
        Notices = new SnapshotNotices(Store, Keeper, new SnapshotFailures(Store, _loggers.CreateLogger<SnapshotFailures>()), Book, Calendar);
    }

    public LogCapture Log { get; } = new();

    /// <summary>Storage's, and time as it passes.</summary>
    public FakeClock Clock { get; }

    /// <summary>The hour that the machine believes it is.</summary>
    public WrongClock Machine { get; }

    public ChangeFeed Feed { get; }

    public PointerKeeper Keeper { get; }

    public SnapshotNotices Notices { get; }

    public FakeTables Tables { get; }

    /// <summary>An empty temporary file.</summary>
    public Func<Stream> Room { get; set; } = () => TempFiles.Standard.Open();

    public MemoryBlobs Blobs { get; }

    public SnapshotStore Store { get; }

    public KpiPresets Views { get; set; } = Sample.Views;

    public RegistrySnapshot Registry { get; set; }

    /// <summary>What the scan says to a cut.</summary>
    public Func<ConsistencyCheck> Agree { get; set; } = () => new ConsistencyCheck(0, []);

    /// <summary>What the run knew before the last scan to be gone.</summary>
    public IReadOnlyCollection<Quarantined> Told { get; private set; } = [];

    /// <summary>Of the runs that are made from now on.</summary>
    public SnapshotOptions Options { get; set; }

    public OfficeCalendar Calendar { get; }

    public SnapshotRun Run { get; }

    public NightlySnapshot Nightly { get; }

    public OperationStore Book { get; }

    public OperationRunner Operations { get; }

    public SnapshotFunctions Functions { get; }

    public OperationFunctions OperationFunctions { get; }

    /// <summary>Takes over what another one has stored, and its hour.</summary>
    public void GoOnFrom(SnapshotFixture other)
    {
        Blobs.CopyFrom(other.Blobs);
        Clock.Advance(other.Clock.GetUtcNow() - Clock.GetUtcNow());
    }

    /// <summary>Operations as another process runs them.</summary>
    public OperationRunner NewRunner() =>
        new(Book, [new(SnapshotJobs.Kinds, new SnapshotJobs(NewRun(Machine), NewVerify()).RunAsync, Problems.SnapshotFailed)], Machine,
            _loggers.CreateLogger<OperationRunner>());

    public static async Task<SnapshotFixture> OpenAsync() => new(await SampleRegistry.LoadAsync());

    /// <summary>A runner of another process, which has a clock of its own.</summary>
    public SnapshotRun NewRun(TimeProvider time) => NewRun(Blobs, Store, time);

    public SnapshotRun NewRun(IBlobStorage blobs, SnapshotStore store, TimeProvider time)
    {
        var storageTime = Tables.Clock;
        if (time != Machine)
        {
            storageTime = new StorageClock(time);
            storageTime.Observe(time.GetUtcNow(), time.GetTimestamp(), time.GetTimestamp());
        }

        var copies = new SnapshotCopies(store, _loggers.CreateLogger<SnapshotCopies>());
        var feed = new ChangeFeed(null!, storageTime, new Quarantine(_loggers.CreateLogger<Quarantine>()), _loggers.CreateLogger<ChangeFeed>());
        var (history, calendar) = (new SnapshotHistory(store, copies, _loggers.CreateLogger<SnapshotHistory>()), CalendarOf(time, storageTime));
        return new SnapshotRun(
            blobs, store, new PointerKeeper(store, feed, time, _loggers.CreateLogger<PointerKeeper>()),
            new SnapshotMaker(store, this, history, Options, feed, calendar, Views),
            new SnapshotPublisher(store, history, copies, new SnapshotSweep(store, Options, _loggers.CreateLogger<SnapshotSweep>()), Options, feed,
                _loggers.CreateLogger<SnapshotPublisher>()),
            new SnapshotFailures(store, _loggers.CreateLogger<SnapshotFailures>()), feed, calendar, time, _loggers.CreateLogger<SnapshotRun>());
    }

    public Task<PointInTimeRead> TakeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new PointInTimeRead(Registry, Registry, Registry.AsOf));

    public Task<ConsistencyCheck> AgreeAsync(PointInTimeRead cut, IReadOnlyCollection<Quarantined> told,
        IReadOnlyCollection<MissingVersions> incomplete, CancellationToken cancellationToken)
    {
        Told = told;
        return Task.FromResult(Agree());
    }

    public Task<RegistrySnapshot> KnownAtAsync(DateTimeOffset instant, CancellationToken cancellationToken) => Task.FromResult(Registry);

    private static OfficeCalendar CalendarOf(TimeProvider machine, StorageClock storage) =>
        new(machine, storage, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));

    public SnapshotVerify NewVerify()
    {
        var copies = new SnapshotCopies(Store, _loggers.CreateLogger<SnapshotCopies>());
        return new SnapshotVerify(Store, new SnapshotHistory(Store, copies, _loggers.CreateLogger<SnapshotHistory>()), copies, this, Views);
    }

    /// <summary>Stops whoever puts a file of that name, until told to go on.</summary>
    public (Task Reached, TaskCompletionSource Go) HoldPut(string file)
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        Blobs.Before = async (verb, path) =>
        {
            if (verb != "put" || !path.EndsWith($"/{file}", StringComparison.Ordinal))
                return;
            reached.TrySetResult();
            await go.Task;
        };
        return (reached.Task, go);
    }

    public static SnapshotJob Final(int day) => new(new DateOnly(2026, 11, day), Provisional: false, Once: false);

    public static SnapshotJob Provisional(int day) => new(new DateOnly(2026, 11, day), Provisional: true, Once: false);

    public async Task<SnapshotManifest> PublishAsync(SnapshotJob job) =>
        Assert.IsType<SnapshotOutcome.Published>(await Run.RunAsync(job, TestContext.Current.CancellationToken)).Manifest;

    public JsonElement Json(string path) => JsonSerializer.Deserialize<JsonElement>(Blobs.Bytes(path)!);

    public string? CurrentId() => Blobs.Bytes("current.json") is null ? null : Json("current.json").GetProperty("snapshotId").GetString();

    /// <summary>A table with all its days: of the first contract as CSV, and where that is not made, of the second.</summary>
    public TableData Read(string id, SnapshotTable table)
    {
        byte[]? File(string name) => Blobs.Bytes($"snapshots/{id}/{name}");
        if (File($"{table.Name}.csv") is { } csv)
            return CsvTable.Read(table, csv);
        IReadOnlyList<SnapshotTable> parts = SnapshotMajors.PartsOf(table) is { Count: > 0 } some ? some : [table];
        return new(table, [.. new TableRows(table, [.. parts.Select(part => SnapshotFormat.Parquet.FileOf(part))
            .Select(name => (name, (Stream)new MemoryStream(File(name)!)))]).Of(table.Columns)]);
    }

    /// <summary>What readers can see is whole: pointer, manifests, every file and its hash; and the figures come out again.</summary>
    public void Audit()
    {
        if (CurrentId() is not { } id)
            return;

        var current = Json("current.json");
        var published = current.GetProperty("published").EnumerateArray().ToList();
        Assert.Equal(id, published[0].GetProperty("id").GetString());
        Assert.Equal(current.GetProperty("sha256").GetString(), SnapshotStore.Hash(Blobs.Bytes(current.GetProperty("manifest").GetString()!)));
        foreach (var table in current.GetProperty("tables").EnumerateObject())
            Assert.StartsWith($"snapshots/{id}/{table.Name}.", table.Value.GetString(), StringComparison.Ordinal);
        foreach (var snapshot in published)
            AuditFiles(snapshot.GetProperty("id").GetString()!);

        var day = DateOnly.Parse(current.GetProperty("snapshotDate").GetString()!, null);
        foreach (var table in DailyFormats.Tables)
            Assert.Equal(table.Read(Registry, day).Rows, DailyFormats.On(Read(id, table).Rows, day));
    }

    private void AuditFiles(string id)
    {
        var files = SnapshotManifest.FilesOf(Blobs.Bytes($"snapshots/{id}/manifest.json")!);
        Assert.Equal(SnapshotMajors.FilesOf(SnapshotManifest.TablesOf(Blobs.Bytes($"snapshots/{id}/manifest.json")!).Keys.ToList())
            .Select(file => file.Name).Order(), files.Select(file => file.Name).Order());
        foreach (var file in files)
        {
            var bytes = Blobs.Bytes($"snapshots/{id}/{file.Name}");
            Assert.NotNull(bytes);
            Assert.Equal((file.Bytes, file.Sha256), (bytes.Length, SnapshotStore.Hash(bytes)));
        }
    }
}
