using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Snapshots.Parquet;

/// <summary>The same tables as other people's readers see them, and as our CSV gives them back.</summary>
[Trait("Set", "slow")]
public sealed class OracleTests : IDisposable
{
    private const int LargeTable = 100_000;

    private readonly string _folder = Scratch.Folder("parquet");
    private readonly Dictionary<string, TableData> _files = [];

    public OracleTests()
    {
        for (var rows = 0; rows <= 70; rows++)
            for (var seed = 1; seed <= 3; seed++)
                Add($"r{rows}s{seed}", RandomTable.Of(rows, (seed * 1000) + rows), seed == 3 ? 8 : 122_880);
        Add("large", RandomTable.Of(LargeTable, 4), 30_000);
    }

    [Fact]
    public async Task Hyparquet_reads_every_cell_as_it_was()
    {
        Assert.SkipWhen(!Directory.Exists(Repository.At("node_modules", "hyparquet")), "hyparquet is not installed: run npm ci.");
        await AgreesAsync("hyparquet.mjs", "hyparquet");
    }

    [Fact]
    public async Task Arrow_reads_every_cell_as_it_was() => await AgreesAsync("arrow.cjs", "arrow", await Oracles.FolderAsync());

    [Fact]
    public async Task DuckDB_reads_every_cell_as_it_was() => await AgreesAsync("duckdb.cjs", "duckdb", await Oracles.FolderAsync());

    /// <summary>DuckDB looks only into groups whose bounds have room for the name.</summary>
    [Theory, InlineData("\U00020BB7"), InlineData("Ａ"), InlineData("Ｚ"), InlineData("b")]
    public async Task A_name_is_found_by_the_bounds_of_its_group(string name)
    {
        var readers = await Oracles.FolderAsync();
        var rows = new[] { "\U00020BB7", "Ａ", "Ｚ", "b", "c", "青岛" }.Select(text => RandomTable.Of(1, 9).Rows[0] is var row
            && (row[0] = text) is not null ? row : []).ToList();
        await File.WriteAllBytesAsync(Path.Combine(_folder, "names.parquet"),
            ParquetTableTests.Bytes(new TableData(RandomTable.Table, rows), rowsPerGroup: 3), TestContext.Current.CancellationToken);
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "query.cjs"), readers], _folder,
            $"SELECT text FROM read_parquet('names.parquet') WHERE text = '{name}'");
        Assert.Equal((0, $"[\"{name}\"]\n"), (code, output));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task AgreesAsync(string script, string reader, params string[] arguments)
    {
        await Oracles.ReadAsync(script, _files.Keys, arguments);
        foreach (var (file, data) in _files)
        {
            // By way of CSV, which other tests hold against its own readers.
            var expected = CsvTable.Read(data.Table, SnapshotFormat.Csv.Bytes(data.Table, data.Rows, "")).Rows.Select(RandomTable.Line);
            Assert.Equal(expected, await File.ReadAllLinesAsync($"{file}.{reader}", TestContext.Current.CancellationToken));
        }
    }

    private void Add(string name, TableData data, int rowsPerGroup)
    {
        var file = Path.Combine(_folder, name + ".parquet");
        File.WriteAllBytes(file, ParquetTableTests.Bytes(data, rowsPerGroup));
        _files.Add(file, data);
    }
}
