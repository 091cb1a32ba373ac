using System.Globalization;
using FriendCity.Access;
using FriendCity.Records.Import;
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

    /// <summary>The repository that this program was built in.</summary>
    public static string Root { get; } = RootOf(AppContext.BaseDirectory);

    /// <summary>The cities that projects are with.</summary>
    public IReadOnlyList<City> Partners { get; }

    public IReadOnlyList<string> Sectors { get; }

    public IEnumerable<string> Cities => Partners.Select(city => city.Id);

    public static async Task<BenchStore> OpenAsync(BenchOptions options, Action<string> say)
    {
        var (cities, sectors) = await SampleAsync();
        var kept = options.Keep is null ? null : Path.Combine(options.Keep,
            string.Create(CultureInfo.InvariantCulture, $"registries-{Version}-{options.Rows}"));
        var store = new BenchStore(await StartEmulatorAsync(options, kept is not null && Directory.Exists(kept) ? kept : null), cities, sectors);
        if (kept is null || !Directory.Exists(kept))
            await store.LoadAsync(options.Rows, kept, say);
        foreach (var registry in Enum.GetValues<Loaded>())
            store._keys[registry] = await AddKeyAsync(store.ConnectionString(registry));
        return store;
    }

    public string ConnectionString(Loaded registry) => ConnectionString(registry, Tables);

    /// <param name="tables">A proxy in front of the emulator's tables.</param>
    public string ConnectionString(Loaded registry, Uri tables) => AzuriteProcess.Connection(tables, _emulator.Blobs, $"office{(int)registry}");

    /// <summary>An account with nothing in it, another one each time.</summary>
    public string EmptyAccount() => Account(_spare++);

    public Uri Tables => _emulator.Tables;

    /// <summary>A key with all scopes.</summary>
    public string Key(Loaded registry) => _keys[registry];

    public IEnumerable<Project> Draw(int from, int count) => DrawnProjects.Draw(from, count, Partners, Sectors);

    public static async Task<string> AddKeyAsync(string connectionString)
    {
        using var keys = new AccessKeys(RawRows.Tables(connectionString), TimeProvider.System);
        return (await keys.AddAsync("bench", (Scopes)15, null, CancellationToken.None)).Text;
    }

    /// <summary>The sample, which projects refer to.</summary>
    public static async Task PutSampleAsync(string connectionString)
    {
        foreach (var type in (await ReadSampleAsync()).GroupBy(row => row.Type, row => row.Record))
            await RawRows.PutAsync(RawRows.Tables(connectionString), type.Key, [.. type]);
    }

    /// <summary>The cities that drawn projects are with, and their sectors.</summary>
    public static async Task<(IReadOnlyList<City> Cities, IReadOnlyList<string> Sectors)> SampleAsync()
    {
        var sample = await ReadSampleAsync();
        return (
            [.. sample.Select(row => row.Record).OfType<City>().Where(city => city.CountryId != "CN").Take(16)],
            [.. sample.Where(row => row.Type == Sector.Type).Select(row => row.Id)]);
    }

    public ValueTask DisposeAsync() => _emulator.DisposeAsync();

    public static async Task<List<ImportRow>> ReadSampleAsync()
    {
        var (sample, _) = await ImportFile.ReadFolderAsync(Path.Combine(Root, "samples", "sco"), RegistryTypes.All, CancellationToken.None);
        return sample;
    }

    private async Task LoadAsync(int rows, string? keep, Action<string> say)
    {
        say(string.Create(CultureInfo.InvariantCulture, $"loading {rows:#,0} projects"));
        foreach (var (registry, count) in new[] { (Loaded.Sample, 0), (Loaded.Small, SmallRows), (Loaded.Full, rows) })
        {
            await PutSampleAsync(ConnectionString(registry));
            await RawRows.PutAsync(RawRows.Tables(ConnectionString(registry)), Project.Type, [.. Draw(0, count)]);
        }

        if (keep is not null)
            await _emulator.KeepAsync(keep);
    }

    private string Account(int number) => AzuriteProcess.Connection(_emulator.Tables, _emulator.Blobs, $"office{number}");

    /// <summary>Storage as the options want it; it does not write to disk while something is measured.</summary>
    /// <param name="kept">A folder that <see cref="AzuriteProcess.KeepAsync"/> has filled, to start from.</param>
    public static Task<AzuriteProcess> StartEmulatorAsync(BenchOptions options, string? kept = null) => AzuriteProcess.StartAsync(kept,
        Path.Combine(AppContext.BaseDirectory, "Store", options.PlainEmulator ? "no-autosave.cjs" : "partitions.cjs"));

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "FriendCityFunctions.sln"))
        ? folder
        : RootOf(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks do not run inside the repository."));
}
