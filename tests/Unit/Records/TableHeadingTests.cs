using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Formats;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Tests.Unit.Records;

/// <summary>Headings, sheets and labels lead back to what they are for, in every type and language.</summary>
public sealed class TableHeadingTests
{
    private static readonly Language?[] Languages = [Language.English, Language.Chinese, null];

    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_heading_is_one_columns_alone(string name)
    {
        foreach (var columns in Tables(RegistryTypes.All.Find(name)!))
        {
            var headings = new TableHeadings(columns);
            foreach (var column in columns.Concat(columns.Where(each => each.HasCodes).Select(each => each with { IsCode = true })))
                foreach (var language in Languages.Where(each => each is not null || !column.IsCode))
                    foreach (var typed in Typed(headings.Of(column, language)))
                        Assert.Equal((typed, column.Name, column.IsCode), (typed, headings.Find(typed)?.Name, headings.Find(typed)?.IsCode));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_sheet_is_one_lists_alone(string name)
    {
        var type = RegistryTypes.All.Find(name)!;
        foreach (var language in Languages)
        {
            var sheets = type.Members.Where(field => field.Entries is not null)
                .Select(field => RecordXlsx.SheetName(field.Label, field.Name, language))
                .Append(RecordXlsx.SheetName(type.Label, type.Name, language)).ToList();
            Assert.Equal(sheets, sheets.Distinct(StringComparer.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_label_is_one_codes_alone(string name)
    {
        foreach (var codes in Tables(RegistryTypes.All.Find(name)!).SelectMany(columns => columns).Select(column => CodesOf(column.Field?.Domain)).OfType<CodeList>())
            foreach (var code in codes)
                foreach (var language in Languages)
                    Assert.Equal(code, CodeNames.Of(codes).Find(CodeNames.Of(codes).Shown(code, language)));
    }

    [Fact]
    public void What_could_be_several_is_none()
    {
        var codes = new CodeList(("a", "One", "一"), ("b", "one", "二"), ("One", "c", "三"));
        Assert.Equal(["a", "b", "One"], codes.Select(code => CodeNames.Of(codes).Shown(code, Language.English) is var shown && shown == "c" ? "One" : shown));
        Assert.Equal((null, "b", "One"), (CodeNames.Of(codes).Find("ONE"), CodeNames.Of(codes).Find("二"), CodeNames.Of(codes).Find("One")));
    }

    private static IEnumerable<List<TableColumn>> Tables(RecordType type) =>
        [[.. TableColumn.Of(type)], .. TableColumn.Of(type).Select(column => column.Entries).OfType<ValueDomain.Entry>().Select(entry => TableColumn.Of(entry).ToList())];

    private static CodeList? CodesOf(ValueDomain? domain) => domain switch
    {
        ValueDomain.Code code => code.Codes,
        ValueDomain.List list => CodesOf(list.Item),
        _ => null,
    };

    /// <summary>However it is typed.</summary>
    private static string[] Typed(string heading) => [heading, heading.ToUpperInvariant(), $" {heading}\u00A0", heading.Replace(" (", "（", StringComparison.Ordinal).Replace(')', '）')];
}
