using FriendCity.Records.Formats;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Tests.Integration.Http.Exports;

namespace FriendCity.Tests.Unit.Records;

/// <summary>Cells of a workbook hold what they were given, and nothing that Excel would cut.</summary>
public sealed class XlsxWriterTests
{
    public static TheoryData<string> Texts { get; } =
    [
        "=1+1", "'quoted", "  spaces at both ends  ", "a\nb\tc", "青岛 Циндао 🏙𠮷", "<&>\"'", "_x000A_", "_x005F_x000A_", "\uFFFE\uFFFF", "0012", "1e5",
        new string('友', XlsxLimits.Cell),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_stays_as_it_is(string text)
    {
        var stored = Assert.Single(new Workbook(Write([new(text)])).Column("S", "H"))!;
        Assert.Equal(text, XlsxText.Unescape(stored));
        Assert.DoesNotContain(stored, letter => letter >= '\uFFFE');
    }

    [Fact]
    public void Values_are_stored_as_Excel_keeps_them()
    {
        var book = new Workbook(Write([new("12.5", CellKind.Decimal), new("12.5", CellKind.Number), new("true", CellKind.Flag),
            new("1900-03-01", CellKind.Date), new("1900-02-28", CellKind.Date), new("2026-11-29", CellKind.Date), default, new("end")]));
        Assert.Equal(["12.5", "12.5", "1", "61", "1900-02-28", "46355", null, "end"], book.Rows("S")[1]);
    }

    [Fact]
    public void A_text_that_does_not_fit_is_refused_with_its_place()
    {
        var refusal = Assert.Throws<XlsxLimitException>(() => Write([new(new string('友', XlsxLimits.Cell + 1))]));
        Assert.Equal(("row, H: the cell has 32768 characters, and Excel takes 32767.", "row，H：单元格有 32768 个字符，Excel 最多容纳 32767 个。"),
            (refusal.Reason.En, refusal.Reason.Zh));
    }

    private static byte[] Write(TableCell[] cells)
    {
        using var file = new MemoryStream();
        using var writer = new XlsxWriter(file, new());
        writer.BeginSheet("S", [new("H", CellKind.Text), .. cells.Skip(1).Select((cell, i) => new XlsxColumn($"H{i}", cell.Kind))]);
        writer.Row("row", cells);
        writer.Finish();
        return file.ToArray();
    }
}
