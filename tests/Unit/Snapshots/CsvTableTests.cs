using System.Globalization;
using System.Text;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;

namespace FriendCity.Tests.Unit.Snapshots;

public sealed class CsvTableTests
{
    private static readonly Columns<object?[]> C = new();

    private static readonly SnapshotTable Table = new SnapshotTable<object?[]>("things", new("Things", "东西"), ["name"],
    [
        C.Text("name", "Name", "名称", r => (string?)r[0], nullable: true),
        C.Date("day", "Day", "日期", r => (DateOnly?)r[1], nullable: true),
        C.Integer("count", "Count", "数量", r => (long?)r[2], nullable: true),
        C.Number("value", "Value", "数值", r => (double?)r[3], nullable: true),
        C.Decimal("amount", "Amount", "金额", r => (decimal?)r[4], nullable: true),
        C.Flag("open", "Open", "开放", r => (bool?)r[5], nullable: true),
        C.Text("note", "Note", "备注", r => (string?)r[6]),
    ],
    _ => []);

    public static TheoryData<string, string> Escapes => new()
    {
        { "", "\"\"" },
        { "plain", "plain" },
        { " spaces ", " spaces " },
        { "a,b", "\"a,b\"" },
        { "say \"hi\"", "\"say \"\"hi\"\"\"" },
        { "two\nlines", "\"two\nlines\"" },
        { "two\r\nlines", "\"two\r\nlines\"" },
        { "=1+1", "'=1+1" },
        { "+86 532", "'+86 532" },
        { "-5", "'-5" },
        { "@SUM(A1)", "'@SUM(A1)" },
        { "\tindented", "'\tindented" },
        { "\rreturned", "\"'\rreturned\"" },
        { "'s-Hertogenbosch", "''s-Hertogenbosch" },
        { "''twice", "'''twice" },
        { "'", "''" },
        { "=\"a\",b", "\"'=\"\"a\"\",b\"" },
        { "N/A = none", "N/A = none" },
        { "青岛 🤝 𠮷", "青岛 🤝 𠮷" },
        { "null", "null" },
    };

    [Theory, MemberData(nameof(Escapes))]
    public void A_text_is_written_so_that_no_spreadsheet_runs_it_and_read_back_as_it_was(string text, string cell)
    {
        var file = Write([null, null, null, null, null, null, text]);
        Assert.Equal($"name,day,count,value,amount,open,note\r\n,,,,,,{cell}\r\n", Text(file));
        Assert.Equal(text, Assert.Single(CsvTable.Read(Table, file).Rows)[6]);
    }

    [Fact]
    public void A_file_begins_with_the_mark_by_which_excel_knows_utf_8() => Assert.Equal([0xEF, 0xBB, 0xBF], Write()[..3]);

    [Fact]
    public void Numbers_dates_and_flags_do_not_depend_on_the_machine_and_are_never_guarded()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            object?[] row = ["x", new DateOnly(2024, 3, 25), -1234567L, -0.1 - 0.2, 1234567.890100m, false, "y"];
            var file = Write(row);
            Assert.EndsWith("\r\nx,2024-03-25,-1234567,-0.30000000000000004,1234567.890100,false,y\r\n", Text(file), StringComparison.Ordinal);
            Assert.Equal(row, Assert.Single(CsvTable.Read(Table, file).Rows));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory, InlineData(double.MaxValue), InlineData(double.Epsilon), InlineData(1e21), InlineData(2.25), InlineData(10 / 17.0), InlineData(0)]
    public void A_number_reads_back_to_the_last_bit(double value) =>
        Assert.Equal(value, Assert.Single(CsvTable.Read(Table, Write(["x", null, null, value, null, null, "y"])).Rows)[3]);

    [Fact]
    public void Null_is_an_empty_cell_and_an_empty_text_is_two_quotes()
    {
        var file = Write([null, null, null, null, null, null, ""], ["", null, null, null, null, null, "z"]);
        Assert.EndsWith("\r\n,,,,,,\"\"\r\n\"\",,,,,,z\r\n", Text(file), StringComparison.Ordinal);
        Assert.Equal([null, ""], CsvTable.Read(Table, file).Rows.Select(row => row[0]));
    }

    [Fact]
    public void Columns_are_found_by_name_so_older_and_newer_files_can_be_read()
    {
        var data = CsvTable.Read(Table, "gone,note,name\r\n1,b,a\r\n"u8.ToArray());
        Assert.Equal(["a", null, null, null, null, null, "b"], Assert.Single(data.Rows));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name,note\r\na")]
    [InlineData("name,note\r\na,b")]
    [InlineData("name,note\r\na\r\n")]
    [InlineData("name,note\r\na,b,c\r\n")]
    [InlineData("name,note\r\na,\"b\r\n")]
    [InlineData("name,note\r\na,\"b\"c\r\n")]
    [InlineData("name,note\r\na,b\"c\r\n")]
    [InlineData("name,note\na,b\n")]
    [InlineData("day,note\r\n25.03.2024,b\r\n")]
    [InlineData("count,note\r\n1.5,b\r\n")]
    [InlineData("open,note\r\nyes,b\r\n")]
    public void A_broken_file_is_refused(string text) => Assert.ThrowsAny<FormatException>(() => CsvTable.Read(Table, Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Json_holds_the_same_cells_with_every_column_in_every_row()
    {
        var file = SnapshotFormat.Json.Bytes(Table, [["=a", new DateOnly(2024, 3, 25), 3L, 2.25, 1.50m, true, ""],
            [null, null, null, null, null, null, "青岛"]], "");
        Assert.Equal(
            """[{"name":"=a","day":"2024-03-25","count":3,"value":2.25,"amount":1.50,"open":true,"note":""},{"name":null,"day":null,"count":null,"value":null,"amount":null,"open":null,"note":"青岛"}]""",
            Encoding.UTF8.GetString(file));
    }

    private static byte[] Write(params object?[][] rows) => SnapshotFormat.Csv.Bytes(Table, rows, "");

    private static string Text(byte[] file) => Encoding.UTF8.GetString(file, 3, file.Length - 3);
}
