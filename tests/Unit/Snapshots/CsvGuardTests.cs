using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;

namespace FriendCity.Tests.Unit.Snapshots;

/// <summary>No text becomes a formula in a spreadsheet (OWASP, CSV injection), and every text comes back as it was.</summary>
public sealed class CsvGuardTests
{
    private static readonly Columns<object?[]> C = new();

    private static readonly SnapshotTable Table = new SnapshotTable<object?[]>("things", new("Things", "东西"), ["name"],
        [C.Text("name", "Name", "名称", r => (string?)r[0], nullable: true)], _ => []);

    /// <summary>What a spreadsheet takes for a beginning of a formula, on its own or behind signs that it passes over.</summary>
    public static TheoryData<char> Triggers => [.. "=+-@＝＋－＠\t\r\n"];

    [Theory]
    [MemberData(nameof(Triggers))]
    public void A_text_that_begins_like_a_formula_gets_one_quote(char trigger)
    {
        var file = SnapshotFormat.Csv.Bytes(Table, [[$"{trigger}cmd|' /C calc'!A0"]], "");
        var cell = System.Text.Encoding.UTF8.GetString(file).Split("\r\n", 2)[1].TrimStart('"');
        Assert.Equal($"'{trigger}", cell[..2]);
    }

    /// <summary>Random texts of signs that mean something to CSV or to a spreadsheet: exactly one quote is taken away again.</summary>
    [Fact]
    public void Every_text_comes_back_as_it_was()
    {
        var random = new Random(20261128);
        const string Signs = "='+-@＝＋－＠\t\r\n\"',; a青";
        var rows = Enumerable.Range(0, 20_000).Select(
            _ => new object?[] { new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Signs[random.Next(Signs.Length)])]) }).ToList();
        var read = CsvTable.Read(Table, SnapshotFormat.Csv.Bytes(Table, rows, "")).Rows.ToList();
        Assert.Equal(rows.Select(row => row[0]), read.Select(row => row[0]));
        Assert.True(rows.Count(row => ((string)row[0]!).StartsWith("''", StringComparison.Ordinal)) > 50);
    }
}
