using System.Text.Json;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>Every M expression of the model, read by Microsoft's parser. Nothing here runs Power Query.</summary>
[Trait("Set", "slow")]
public sealed class QueryLanguageTests
{
    /// <summary>The library functions the model uses (https://learn.microsoft.com/powerquery-m/power-query-m-function-reference).</summary>
    private static readonly string[] Library =
    [
        "#datetime", "#table", "_",
        "AzureStorage.Blobs", "AzureStorage.DataLake", "Binary.Buffer", "Date.FromText", "DateTime.Date", "DateTime.From", "DateTimeZone.FixedUtcNow",
        "DateTimeZone.FromText",
        "DateTimeZone.RemoveZone", "DateTimeZone.ToUtc", "Duration.Days", "Error.Record", "Int64.Type", "JoinKind.LeftOuter", "Json.Document",
        "List.Accumulate", "List.Contains", "List.Difference", "List.First",
        "List.IsEmpty", "List.PositionOf", "List.Positions", "List.Select", "List.Transform", "List.Union", "MissingField.UseNull",
        "Number.ToText", "Parquet.Document", "Record.Field", "Record.FieldNames",
        "Record.FieldOrDefault", "Record.FromList", "Record.HasFields", "Replacer.ReplaceValue",
        "Table.AddColumn", "Table.ColumnNames", "Table.Combine", "Table.Distinct", "Table.DuplicateColumn", "Table.FromRecords", "Table.IsEmpty", "Table.Join",
        "Table.RemoveColumns",
        "Table.RenameColumns", "Table.ReplaceValue", "Table.RowCount",
        "Table.SelectColumns", "Table.SelectRows", "Table.TransformColumns", "Table.TransformColumnTypes", "Text.BeforeDelimiter", "Text.BetweenDelimiters", "Text.Combine",
        "Text.Contains", "Text.EndsWith", "Text.From",
        "Text.Replace", "Text.StartsWith", "Text.Trim", "TextEncoding.Utf8", "Value.Is", "Value.Metadata", "Web.Contents",
    ];

    [Fact]
    public async Task Every_expression_can_be_read_and_knows_the_names_it_uses()
    {
        var texts = ModelFiles.Texts();
        Assert.Empty(await FaultsAsync(texts));
        var all = texts.Values.Concat(Directory.EnumerateFiles(Repository.At("functions", "PowerBi", "Sources")).Select(File.ReadAllText)).ToList();
        Assert.Equal([], Library.Except(["_"]).Where(name => !all.Exists(text => text.Contains(name, StringComparison.Ordinal))));
    }

    /// <summary>One run of the parser over all mistakes, since starting it is what takes long.</summary>
    [Fact]
    public async Task Planted_mistakes_are_caught()
    {
        (string File, string Right, string Wrong, string Caught)[] mistakes =
        [
            ("expressions.tmdl", "if code = null then", "if code = null them", "fnNamed: Expected to find a keyword <'then'>"),
            ("expressions.tmdl", "Binary.Buffer(Response)", "Binary.Bufer(Response)", "fnRead: there is nothing called Binary.Bufer"),
            ("expressions.tmdl", "Pointer = fnPointer(),", "Pointer = fnPointr(),", "fnSnapshotTable: there is nothing called fnPointr"),
            ("tables/City.tmdl", "Language = \"zh-CN\"", "Lingua = \"zh-CN\"", "City: there is nothing called Lingua"),
            ("tables/Sector.tmdl", "\t\t\t\tlet\n", "\t\t\t\tlett\n", "Sector: "),
        ];
        foreach (var (file, right, wrong, caught) in mistakes)
        {
            var texts = ModelFiles.Texts();
            Assert.Contains(right, texts[file], StringComparison.Ordinal);
            texts[file] = texts[file].Replace(right, wrong, StringComparison.Ordinal);
            Assert.Contains(await FaultsAsync(texts), fault => fault.StartsWith(caught, StringComparison.Ordinal));
        }
    }

    /// <summary>An error is named and passed on; a null in its place would hide why a refresh brought nothing.</summary>
    [Fact]
    public void No_expression_swallows_an_error() =>
        Assert.All(Expressions(ModelFiles.Load()), each => Assert.DoesNotContain("otherwise", each.Text, StringComparison.Ordinal));

    /// <summary>Power BI Desktop offers incremental refresh only where the last step is this one.</summary>
    [Theory]
    [InlineData("KPI Daily")]
    [InlineData("City Daily")]
    [InlineData("Snapshot Date")]
    public void Daily_tables_end_with_the_range_that_incremental_refresh_looks_for(string table)
    {
        var lines = ModelFiles.Load().Table(table)!.Of("partition").Single()["source"]!.Split('\n');
        Assert.Equal(["in", "    Result"], lines[^2..]);
        Assert.Matches(@"^    Result = Table\.SelectRows\([A-Za-z]+, each \[snapshot_date\] >= RangeStart and \[snapshot_date\] < RangeEnd\)$",
            lines[^3]);
    }

    private static IEnumerable<(string Name, string Text)> Expressions(ModelFiles model) =>
    [
        .. model.Expressions.Select(each => (each.Name, each.Value!)),
        .. model.Tables.Select(table => (table.Name, table.Of("partition").Single()["source"]!)),
    ];

    internal static async Task<IReadOnlyList<string>> FaultsAsync(IReadOnlyDictionary<string, string> texts)
    {
        var packages = await Oracles.FolderAsync();
        var model = ModelFiles.Of(texts);
        var input = JsonSerializer.Serialize(Expressions(model).Select(each => new { name = each.Name, text = each.Text }));
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "m.cjs"), packages], Repository.At("tests", "oracles"),
            input);
        Assert.True(code == 0, output);
        return [.. JsonSerializer.Deserialize<JsonElement>(output).EnumerateArray().SelectMany(answer => Faults(answer, model))];
    }

    private static IEnumerable<string> Faults(JsonElement answer, ModelFiles model)
    {
        var name = answer.GetProperty("name").GetString();
        if (answer.GetProperty("fault").GetString() is { } fault)
            return [$"{name}: {fault}"];
        var known = answer.GetProperty("defines").EnumerateArray().Select(each => each.GetString()).Concat(Library)
            .Concat(model.Expressions.Select(each => each.Name)).ToHashSet();
        return answer.GetProperty("uses").EnumerateArray().Select(each => Plain(each.GetString()!)).Where(each => !known.Contains(each))
            .Select(each => $"{name}: there is nothing called {each}.");
    }

    private static string Plain(string name) => name.StartsWith("#\"", StringComparison.Ordinal) ? name[2..^1] : name;
}
