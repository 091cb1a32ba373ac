using DocumentFormat.OpenXml.Spreadsheet;
using FriendCity.Records.Formats.Marking;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Tests.Integration.Http;
using Newtonsoft.Json.Linq;
using Book = FriendCity.Tests.Integration.Http.Exports.Workbook;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>A file with rows at fault comes back as it was, with what is wrong; mended, it is taken as it stands.</summary>
public sealed class ImportMarkTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private const string Required = "Name (Chinese) is required. 必须填写中文名称。";
    private const string Heading = "Errors 问题";

    [Fact]
    public async Task A_table()
    {
        var (one, two) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        var end = await drafts.App.ImportAsync("tags", $"id,kind,nameEn,nameZh,note\n{one},goal,A,,'=1\n\n{two},goal,B,乙,more,stray\n");
        var marked = (await MarkedAsync(end, "csv")).Text;
        Assert.Equal($"{Heading},id,kind,nameEn,nameZh,note\r\nnameZh: {Required},{one},goal,A,,'=1\r\n,\r\n"
            + $"This cell stands under no heading. 该单元格没有对应的表头。,{two},goal,B,乙,more,stray\r\n", marked);
        var again = (await drafts.App.ImportAsync("tags", marked.Replace(",A,,", ",A,甲,", StringComparison.Ordinal)
            .Replace(",stray", "", StringComparison.Ordinal))).Succeeded();
        Assert.Equal("2 0 0 0 0 0", again.Counts);
        Assert.Equal("=1", (string?)(await drafts.App.GetAsync($"/api/v1/tags/{one}"))["note"]);
        await NoneAsync(again, "csv");
        foreach (var other in new[] { "ndjson", "xlsx" })
            await NoneAsync(end, other);
        (await ReportAsync(end, "pdf")).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task Lines_of_JSON()
    {
        var (one, two, three) = (DraftTestApp.NewId(), DraftTestApp.NewId(), DraftTestApp.NewId());
        var good = $$"""{ "id": "{{two}}", "kind": "goal", "nameEn": "B", "nameZh": "乙" }""";
        var end = await drafts.App.ImportAsync("tags",
            $$"""{"note":"\u4e2d 1.50","id":"{{one}}","kind":"goal","nameEn":"A"}""" + $"\n{good}\r\n\n{{\"id\":\"{three}\"\n", ImportClient.Ndjson);
        var marked = (await MarkedAsync(end, "ndjson")).Text;
        var broken = "The JSON breaks off or has a fault here. JSON 在此处中断或有误。";
        Assert.Equal($$"""{"$errors":[{"pointer":"/nameZh","rule":"required","message":"{{Required}}"}],"note":"\u4e2d 1.50","id":"{{one}}","kind":"goal","nameEn":"A"}"""
            + $"\n{good}\n\n" + $$"""{"$errors":[{"pointer":"","rule":"malformed_json","message":"{{broken}}"}]}""" + $"\n{{\"id\":\"{three}\"\n", marked);

        // Sent again as it is, it says the same once; mended, it is taken.
        Assert.Equal(marked, (await MarkedAsync(await drafts.App.ImportAsync("tags", marked, ImportClient.Ndjson), "file")).Text);
        var again = await drafts.App.ImportAsync("tags", marked.Replace("\"nameEn\":\"A\"", "\"nameEn\":\"A\",\"nameZh\":\"甲\"", StringComparison.Ordinal)
            .Replace($"\"{three}\"", $"\"{three}\",\"kind\":\"goal\",\"nameEn\":\"C\",\"nameZh\":\"丙\"}}", StringComparison.Ordinal), ImportClient.Ndjson);
        Assert.Equal("3 0 0 0 0 0", again.Succeeded().Counts);
        Assert.Equal("中 1.50", (string?)(await drafts.App.GetAsync($"/api/v1/tags/{one}"))["note"]);
        await NoneAsync(again, "ndjson");
    }

    [Fact]
    public async Task An_array_of_JSON()
    {
        var (one, two) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        var good = $$"""{"id":"{{two}}","kind":"goal","nameEn":"B","nameZh":"乙"}""";
        var end = await drafts.App.ImportAsync("tags", $$"""[{"id":"{{one}}","kind":"goal","nameEn":"A","$errors":"old"}, {{good}},"X1"]""", ImportClient.JsonArray);
        var marked = await MarkedAsync(end, "file");
        Assert.StartsWith("application/json", marked.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal($$"""
            [
            {"$errors":[{"pointer":"/nameZh","rule":"required","message":"{{Required}}"}],"id":"{{one}}","kind":"goal","nameEn":"A"},
            {{good}},
            {"$errors":[{"pointer":"","rule":"wrong_type","message":"Expected an object. 应为对象。"}]},
            "X1"
            ]

            """, marked.Text);
        Assert.Equal(2, (int)(await ReportAsync(end, "json")).Is(200).Json["faults"]!);
        var array = JArray.Parse(marked.Text);
        array.Last!.Remove();
        array[0]["nameZh"] = "甲";
        Assert.Equal("2 0 0 0 0 0", (await drafts.App.ImportAsync("tags", array.ToString(), ImportClient.JsonArray)).Succeeded().Counts);
    }

    /// <summary>Faults on both sheets; a style and a formula stay as they were.</summary>
    [Fact]
    public async Task A_workbook()
    {
        var city = (await drafts.NewCityAsync()).Split('/')[^1];
        var template = await BytesAsync("/api/v1/imports/relationships/template.xlsx?lang=en");
        var sent = WorkbookEdits.Edited(template, sheets =>
        {
            sheets[0].Put(2, "Id", "MARKED");
            sheets[0].Put(2, "Home city", "CNTAO");
            sheets[0].Put(2, "City", city);
            var note = sheets[0].Put(2, "Note", "");
            (note.InlineString, note.DataType, note.CellFormula, note.CellValue, note.StyleIndex) = (null, CellValues.String, new("\"a\"&\"b\""), new("ab"), 3);
            sheets[1].Put(3, "Record id", "MARKED");
            sheets[1].Put(3, "Stage", "INTENTION");
            sheets[1].Put(3, "Date", "2025-13-01");
        });
        var end = await drafts.App.ImportAsync("relationships", sent, ImportClient.Xlsx);
        var reply = await MarkedAsync(end, "xlsx");
        Assert.Equal(ImportClient.Xlsx, reply.Headers["Content-Type"]);
        Assert.StartsWith($"attachment; filename=errors-{end.Operation["id"]}.xlsx", reply.Headers["Content-Disposition"], StringComparison.Ordinal);
        var marked = await BytesAsync(Path(end, "file"));
        var book = new Book(marked);
        var names = book.Sheets.ToList();
        Assert.Equal(new Book(sent).Sheets, names);
        Assert.Equal(["Home level: Home level is required. 必须填写本市层级。"], book.Column(names[0], Heading));
        Assert.StartsWith("Date: ", Assert.Single(book.Column(names[1], Heading)), StringComparison.Ordinal);
        WorkbookEdits.Edited(marked, sheets =>
        {
            var note = sheets[0].Descendants<Cell>().Single(cell => cell.CellFormula is not null);
            Assert.Equal(("\"a\"&\"b\"", 3u), (note.CellFormula!.Text, note.StyleIndex!.Value));
        });

        // Sent again, the column stands where it stood, and says what is still wrong.
        var half = WorkbookEdits.Edited(marked, sheets => sheets[1].Put(3, "Date", "2025-03-01"));
        var second = new Book(await BytesAsync(Path(await drafts.App.ImportAsync("relationships", half, ImportClient.Xlsx), "file")));
        Assert.Equal(book.Rows(names[0]), second.Rows(names[0]));
        Assert.All(second.Column(names[1], Heading), Assert.Null);
        var whole = WorkbookEdits.Edited(half, sheets => sheets[0].Put(2, "Home level", "city"));
        Assert.Equal("1 0 0 0 0 0", (await drafts.App.ImportAsync("relationships", whole, ImportClient.Xlsx)).Succeeded().Counts);
        var stored = await drafts.App.GetAsync("/api/v1/relationships/MARKED");
        Assert.Equal(("2025-03-01", "ab"), ((string?)stored["stages"]![0]!["date"], (string?)stored["note"]));
    }

    [Fact]
    public void A_cell_takes_what_Excel_takes_and_says_how_much_is_left_out()
    {
        var fault = new RowFault(2, null, null, "", "rule", null, new(new string('x', 300), new string('字', 300)));
        var text = RowMarks.Text([.. Enumerable.Repeat(fault, 100)], XlsxLimits.Cell);
        Assert.InRange(text.Length, XlsxLimits.Cell - 1000, XlsxLimits.Cell);
        Assert.EndsWith("\n46 more stand in the report. 其余 46 项见报告。", text, StringComparison.Ordinal);
        Assert.Equal(100, RowMarks.Text([.. Enumerable.Repeat(fault, 100)]).Split('\n').Length);
    }

    private static string Path(ImportEnd end, string format) => $"/api/v1/operations/{end.Operation["id"]}/report?format={format}";

    private Task<Reply> ReportAsync(ImportEnd end, string format) => drafts.App.CallAsync("GET", Path(end, format));

    private async Task<Reply> MarkedAsync(ImportEnd end, string format)
    {
        Assert.Equal("import_refused", end.Error);
        return (await ReportAsync(end, format)).Is(200);
    }

    private async Task NoneAsync(ImportEnd end, string format) => (await ReportAsync(end, format)).IsProblem(404, "not_found");

    private Task<byte[]> BytesAsync(string path) => drafts.App.Client.GetByteArrayAsync(new Uri(path, UriKind.Relative));
}
