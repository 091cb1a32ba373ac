using System.Globalization;
using FriendCity.Access;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Store;

/// <summary>The registries that benchmarks find, each an account of one emulator: the sample, and in most of them drawn projects.</summary>
internal enum Loaded
{
    /// <summary>As many projects as the options say.</summary>
    Full,

    /// <summary>A thousand projects.</summary>
    Small,

    /// <summary>The sample alone.</summary>
    Sample,
}

/// <summary>
/// A storage emulator with loaded registries. Loading a hundred thousand projects takes minutes, so what is loaded can be kept;
/// each run works on a copy.
/// </summary>
internal sealed class BenchStore : IAsyncDisposable
{
    public const int SmallRows = 1000;
    private const string Version = "2";

    private readonly AzuriteProcess _emulator;
    private readonly Dictionary<Loaded, string> _keys = [];
    private int _spare = 10;

    private BenchStore(AzuriteProcess emulator, IReadOnlyList<City> cities, IReadOnlyList<string> sectors) =>
        (_emulator, Partners, Sectors) = (emulator, cities, sectors);

    /// <summary>The cities that projects are with.</summary>
    public IReadOnlyList<City> Partners { get; }

    public IReadOnlyList<string> Sectors { get; }

    public IEnumerable<string> Cities => Partners.Select(city => city.Id);

    public static async Task<BenchStore> OpenAsync(BenchOptions options, Action<string> say)
    {
        var (sample, _) = await ImportFile.ReadFolderAsync(SampleFolder(), RegistryTypes.All, CancellationToken.None);
        foreach (var row in sample)
            row.Record.Id = row.Id;
        var records = sample.GroupBy(row => row.Type, row => row.Record).ToDictionary(type => type.Key, type => type.ToList());
        var cities = records[City.Type].Cast<City>().Where(city => city.CountryId != "CN").Take(16).ToList();
        var sectors = records[Sector.Type].Select(sector => sector.Id).ToList();

        var kept = options.Keep is null ? null : Path.Combine(options.Keep, string.Create(CultureInfo.InvariantCulture, $"registries-{Version}-{options.Rows}"));
        var store = new BenchStore(await AzuriteProcess.StartAsync(kept is not null && Directory.Exists(kept) ? kept : null, NoAutosave()), cities, sectors);
        if (kept is null || !Directory.Exists(kept))
            await store.LoadAsync(options.Rows, records, kept, say);
        foreach (var registry in Enum.GetValues<Loaded>())
            store._keys[registry] = await store.AddKeyAsync(store.ConnectionString(registry));
        return store;
    }

    public string ConnectionString(Loaded registry) => Account((int)registry);

    /// <summary>An account with nothing in it, another one each time.</summary>
    public string EmptyAccount() => Account(_spare++);

    /// <summary>Where the emulator's tables are, for a proxy in front of them.</summary>
    public (Uri Tables, Uri Blobs) Endpoints => (_emulator.Tables, _emulator.Blobs);

    /// <summary>A key with all scopes.</summary>
    public string Key(Loaded registry) => _keys[registry];

    public IEnumerable<Project> Draw(int from, int count) => DrawnProjects.Draw(from, count, Partners, Sectors);

    public async Task<string> AddKeyAsync(string connectionString)
    {
        using var keys = new AccessKeys(RawRows.Tables(connectionString), TimeProvider.System);
        return (await keys.AddAsync("bench", (Scopes)15, null, CancellationToken.None)).Text;
    }

    /// <summary>The sample, which projects refer to.</summary>
    public async Task PutSampleAsync(string connectionString)
    {
        var (sample, _) = await ImportFile.ReadFolderAsync(SampleFolder(), RegistryTypes.All, CancellationToken.None);
        foreach (var type in sample.GroupBy(row => row.Type, row => row.Record))
            await RawRows.PutAsync(RawRows.Tables(connectionString), type.Key, [.. type]);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    public static string SampleFolder() => Path.Combine(Root(AppContext.BaseDirectory), "samples", "sco");

    private async Task LoadAsync(int rows, Dictionary<RecordType, List<Record>> sample, string? keep, Action<string> say)
    {
        say(string.Create(CultureInfo.InvariantCulture, $"loading {rows:#,0} projects"));
        foreach (var (registry, count) in new[] { (Loaded.Sample, 0), (Loaded.Small, SmallRows), (Loaded.Full, rows) })
        {
            var tables = RawRows.Tables(ConnectionString(registry));
            foreach (var (type, records) in sample)
                await RawRows.PutAsync(tables, type, records);
            await RawRows.PutAsync(tables, Project.Type, [.. Draw(0, count)]);
        }

        if (keep is not null)
            await _emulator.KeepAsync(keep);
    }

    private string Account(int number) => AzuriteProcess.Connection(_emulator.Tables, _emulator.Blobs, $"office{number}");

    private static string NoAutosave() => Path.Combine(AppContext.BaseDirectory, "Store", "no-autosave.cjs");

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "FriendCityFunctions.sln"))
        ? folder
        : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks do not run inside the repository."));
}
