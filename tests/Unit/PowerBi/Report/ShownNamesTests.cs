using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;


namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>Whoever opens the model or the report reads names: codes and ids are there for measures and filters, and hidden.</summary>
public sealed class ShownNamesTests
{
    /// <summary>Columns of texts that are shown as the files have them, and why.</summary>
    private static readonly Dictionary<string, string> Texts = new()
    {
        ["Country.ISO3"] = "a standard's code, which those look for who know it",
        ["Country.M49"] = "a standard's code",
        ["City.UN/LOCODE"] = "a standard's code",
        ["Project.Currency"] = "a standard's code, as amounts are written with",
        ["City.Local Name"] = "a name",
        ["City.First-Level Division"] = "a name",
        ["City.Role in Article"] = "a sentence",
        ["Sector.Article Paragraph"] = "a place in a text",
        ["KPI.Article Paragraph"] = "a place in a text",
        ["Project.Planned Value and Currency"] = "an amount as it is written",
        ["View.View"] = "a name in both languages, by which a bookmark chooses it whatever the language is",
        ["Display Language.Language"] = "each language's name in itself",
        ["Snapshot.Snapshot Id"] = "what the parameter Pinned Snapshot wants",
        ["Snapshot.Service Version"] = "what a report of a fault wants",
    };

    private static readonly ReportFolder Shipped = new(Repository.At("powerbi"));

    [Fact]
    public void No_shown_column_holds_codes() => Assert.Empty(Faults(ModelFiles.Load(), Shipped));

    [Fact]
    public void Every_exception_is_a_column_that_is_shown()
    {
        var model = ModelFiles.Load();
        Assert.Empty(Texts.Keys.Except(Shown(model, Shipped).Select(field => $"{field.Table}.{field.Name}")));
    }

    [Theory]
    [InlineData("Project", "column 'Status Code'\n\t\tdataType: string\n\t\tisHidden\n", "column 'Status Code'\n\t\tdataType: string\n",
        "Project.Status Code")]
    [InlineData("KPI", "column 'KPI Id'\n\t\tdataType: string\n\t\tisHidden\n", "column 'KPI Id'\n\t\tdataType: string\n", "KPI.KPI Id")]
    [InlineData("Activity", "sourceColumn: mode_label", "sourceColumn: mode_text", "Activity.Mode")]
    public void A_code_that_is_shown_is_noticed(string table, string right, string wrong, string caught)
    {
        var (file, texts) = ($"tables/{table}.tmdl", ModelFiles.Texts());
        Assert.Contains(right, texts[file], StringComparison.Ordinal);
        texts[file] = texts[file].Replace(right, wrong, StringComparison.Ordinal);
        Assert.Equal([caught], Faults(ModelFiles.Of(texts), Shipped));
    }

    private static IEnumerable<string> Faults(ModelFiles model, ReportFolder report)
    {
        var labels = ContractColumns.Both();
        return Shown(model, report).Where(field => model.Column(field.Table, field.Name) is { } column && column["dataType"] == "string"
            // The model's own words: what the setup check says, and the region that a reader is given.
            && field.Table != "Setup Check"
            && !Texts.ContainsKey($"{field.Table}.{field.Name}") && !labels.Contains(column["sourceColumn"]!)
            && !Named(model, field.Table).Contains(column["sourceColumn"]!)).Select(field => $"{field.Table}.{field.Name}").Distinct();
    }

    /// <summary>What the list of fields offers, and what a visual shows that takes a hidden one.</summary>
    private static IEnumerable<FieldUse> Shown(ModelFiles model, ReportFolder report) =>
    [
        .. from table in model.Tables
           where !table.Is("isHidden")
           from column in table.Of("column")
           where !column.Is("isHidden")
           select new FieldUse("Column", table.Name, column.Name),
        .. report.Pages().SelectMany(page => page.Visuals).SelectMany(visual => visual.Fields).Where(field => field.Kind == "Column"),
    ];

    /// <summary>Columns that the query makes of names: the second of each pair that fnNamed is given, and a city's country and region.</summary>
    private static IEnumerable<string> Named(ModelFiles model, string table)
    {
        var query = model.Table(table)!.Of("partition").Single()["source"]!;
        return query.Contains("fnNamed(", StringComparison.Ordinal)
            ? model.Table(table)!.Of("column").Select(column => column["sourceColumn"]!)
                .Where(name => name.EndsWith("_name", StringComparison.Ordinal) && query.Contains($", \"{name}\"}}", StringComparison.Ordinal))
            : table == "City" ? ["country", "region"] : [];
    }
}
