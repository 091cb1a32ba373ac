using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FriendCity.Registry;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Book = FriendCity.Tests.Integration.Http.Exports.Workbook;

namespace FriendCity.Tests.Integration.Imports;

public sealed class ImportTemplateTests(Azurite azurite, DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_template_is_valid_and_offers_every_code_by_its_name(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var language in new[] { "en", "zh" })
        {
            var file = await app.Client.GetByteArrayAsync(new Uri($"/api/v1/imports/{type}/template.xlsx?lang={language}", UriKind.Relative));
            var book = new Book(file);
            Assert.Equal(language == "en" ? "Id" : "编号", book.Rows(book.Sheets.First())[0][0]);
            Assert.Contains(Choices(file), formula => formula.StartsWith("codes!$", StringComparison.Ordinal));
            Assert.Equal("codes", book.Sheets.Last());
        }
    }

    [Fact]
    public async Task A_template_that_a_person_filled_in_is_imported()
    {
        var template = await drafts.App.Client.GetByteArrayAsync(new Uri("/api/v1/imports/relationships/template.xlsx?lang=zh", UriKind.Relative));
        var city = (await drafts.NewCityAsync()).Split('/')[^1];
        var file = WorkbookEdits.Edited(template, sheets =>
        {
            foreach (var (heading, text) in new[] { ("编号", "FILLED"), ("本市", "CNTAO"), ("本市层级", "city"), ("对方城市", city) })
                sheets[0].Put(2, heading, text);
            foreach (var (heading, text) in new[] { ("记录编号", "FILLED"), ("阶段", "结好意向"), ("日期", "2025/3/1") })
                sheets[1].Put(2, heading, text);
        });

        var end = await drafts.App.ImportAsync("relationships", file, ImportClient.Xlsx);
        Assert.Equal("", end.Faults);
        var stored = await drafts.App.GetAsync("/api/v1/relationships/FILLED");
        Assert.Equal(("INTENTION", "2025-03-01"), ((string?)stored["stages"]![0]!["stage"], (string?)stored["stages"]![0]!["date"]));
    }

    private static IEnumerable<string> Choices(byte[] file)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(file), isEditable: false);
        return [.. document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<DataValidation>()).Select(each => each.Formula1!.Text)];
    }
}
