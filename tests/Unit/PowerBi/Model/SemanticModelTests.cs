using System.Text.Json;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>The Power BI model as a whole: what Power BI Desktop would refuse or show wrongly, as far as that can be told without it.</summary>
public sealed class SemanticModelTests
{
    private static readonly Dictionary<string, string> Texts = ModelFiles.Texts();

    [Fact]
    public void The_model_has_no_fault() => Assert.Empty(ModelFiles.Faults(Texts));

    [Fact]
    public void It_has_at_least_forty_measures() => Assert.True(ModelFiles.Load().Measures.Count(measure => !measure.Is("isHidden")) >= 40);

    [Fact]
    public void It_names_no_secret_and_no_machine() => Assert.All(Texts, file =>
        Assert.All((string[])["AccountKey", "SharedAccessSignature", "sig=", "code=", "password", "C:\\", "/home/"],
            word => Assert.DoesNotContain(word, file.Value, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Files_are_utf8_without_mark_with_line_feeds_only() =>
        Assert.All(Texts, file => Assert.True(file.Value.EndsWith('\n') && !file.Value.Contains('\r', StringComparison.Ordinal)
        && !file.Value.StartsWith('\uFEFF'), file.Key));

    /// <summary>The service puts its own address here when it hands the project out.</summary>
    [Fact]
    public void The_address_of_the_service_stands_in_a_line_of_its_own() => Assert.Contains(
        "\nexpression 'Source URL' = \"http://localhost:7071/powerbi/data\" meta [IsParameterQuery=true, Type=\"Text\", "
            + "IsParameterQueryRequired=true]\n",
        Texts["expressions.tmdl"], StringComparison.Ordinal);

    /// <summary>The two files beside the definition by which Power BI Desktop and Fabric know that the folder is a semantic model.</summary>
    [Fact]
    public void The_folder_says_that_it_is_a_semantic_model()
    {
        var (model, platform) = (Json("FriendCity.SemanticModel", "definition.pbism"), Json("FriendCity.SemanticModel", ".platform"));
        Assert.Equal("4.2", model.GetProperty("version").GetString());
        Assert.Equal(("SemanticModel", "FriendCity"),
            (platform.GetProperty("metadata").GetProperty("type").GetString(), platform.GetProperty("metadata").GetProperty("displayName")
            .GetString()));
        Assert.NotEqual(Guid.Empty, Guid.Parse(platform.GetProperty("config").GetProperty("logicalId").GetString()!));
        Assert.All((JsonElement[])[model, platform], file => Assert.StartsWith("https://developer.microsoft.com/json-schemas/fabric/",
            file.GetProperty("$schema").GetString(), StringComparison.Ordinal));
    }

    /// <summary>Each mistake is one somebody could make; the model with it must not pass.</summary>
    [Theory]
    [InlineData("tables/City.tmdl", "\t\tsourceColumn: city_id", "\t\tsourceColum: city_id", "can have no sourceColum")]
    [InlineData("tables/City.tmdl", "\t\tsourceColumn: city_id", "\t\t sourceColumn: city_id", "Spaces stand")]
    [InlineData("tables/City.tmdl", "\t\tsourceColumn: city_id", "\t\t\tsourceColumn: city_id", "tabs where")]
    [InlineData("tables/City.tmdl", "\t\tsourceColumn: city_id", "\t\tsourceColumn: country_id", "source column of City 'country_id' is there twice")]
    [InlineData("tables/City.tmdl", "dataType: string\n\t\tisHidden\n\t\tisKey", "dataType: string", "is not its table's key")]
    [InlineData("tables/City.tmdl", "\t\tformatString: #,0\n", "", "has no formatString")]
    [InlineData("tables/City.tmdl", "\t/// Cities in the register, with or without a tie\n", "", "has no description")]
    [InlineData("tables/City.tmdl", "\t\t\tcolumn: Region\n", "\t\t\tcolumn: Continent\n", "has no column Continent")]
    [InlineData("tables/City.tmdl", "dataType: double", "dataType: decimal", "dataType cannot be 'decimal'")]
    [InlineData("tables/City.tmdl", "table City", "table Town", "the file is not called as its table")]
    [InlineData("tables/City.tmdl", "COUNTROWS ( 'City' )", "COUNTROWS ( 'City'", "'(' is not closed")]
    [InlineData("tables/City.tmdl", "COUNTROWS ( 'City' )", "COUNTROWS ( 'Town' )", "there is no table 'Town'")]
    [InlineData("tables/City.tmdl", "COUNTROWS ( 'City' )", "COUNTROW ( 'City' )", "the function COUNTROW is not one we know")]
    [InlineData("tables/City.tmdl", "'City'[Latitude Degrees]", "'City'[Latitude]", "'City' has no column [Latitude]")]
    [InlineData("tables/KPI Daily.tmdl", "DIVIDE ( [Illustrative Rows], [Rows Behind] )", "DIVIDE ( [Illustrative Rows], [Rows Before] )",
        "there is no measure [Rows Before]")]
    [InlineData("tables/KPI Daily.tmdl", "'KPI Daily'[Snapshot Date] = SnapshotDay", "'KPI Daily'[Snapshot Date] = SnapshotDate",
        "there is no variable SnapshotDate")]
    [InlineData("tables/KPI Daily.tmdl", "\tmeasure 'Figure Sum' = ```", "\tmeasure Figure = ```", "'Figure' is there twice")]
    [InlineData("tables/Date.tmdl", "\t\tsortByColumn: Month\n", "\t\tsortByColumn: Mouth\n", "cannot be sorted by Mouth")]
    [InlineData("tables/Date.tmdl", "dataCategory: Time", "dataCategory: City", "the date table needs")]
    [InlineData("tables/View.tmdl", "\tpartition View = m", "\tpartition Other = m", "needs one partition of its name")]
    [InlineData("relationships.tmdl", "\ttoColumn: City.'City Id'", "\ttoColumn: City.'Town Id'", "is no column")]
    [InlineData("relationships.tmdl", "\ttoColumn: City.'City Id'", "\ttoColumn: Date.Date", "City Id is string and Date is dateTime")]
    [InlineData("relationships.tmdl", "\tisActive: false\n\tfromColumn: Project.'Start Date'\n\ttoColumn: Date.Date\n",
        "\tfromColumn: Project.'Start Date'\n\ttoColumn: Date.Date\n\nrelationship 00000000-0000-5000-8000-000000000001\n\tfromColumn: Project.'End Date'\n\ttoColumn: Date.Date\n",
        "two active ways lead from Date to Project")]
    [InlineData("model.tmdl", "ref table City\n", "", "table City is not referred to")]
    [InlineData("model.tmdl", "ref table City\n", "ref table City\nref table Town\n", "there is no table Town")]
    [InlineData("model.tmdl", "discourageImplicitMeasures", "encourageImplicitMeasures", "can have no encourageImplicitMeasures")]
    [InlineData("roles/Region reader.tmdl", "'Country'[Region (English)]", "'Country'[Region (Latin)]", "'Country' has no column [Region (Latin)]")]
    [InlineData("cultures/zh-CN.tmdl", "\t\t\t\tmeasure 'Circle Cities'", "\t\t\t\tmeasure 'Circle Towns'",
        "the measure Circle Cities is not translated once")]
    [InlineData("cultures/zh-CN.tmdl", "\t\t\t\tmeasure 'Circle Cities'", "\t\t\t\tmeasure 'Circle Towns'",
        "there is no measure Circle Towns to translate")]
    [InlineData("cultures/zh-CN.tmdl", "\t\t\t\t\tcaption: 朋友圈城市数\n", "", "measure Circle Cities has no caption")]
    [InlineData("expressions.tmdl", "expression Language = ", "expression City = ", "a table has the name City already")]
    public void A_planted_mistake_is_caught(string file, string right, string wrong, string caught)
    {
        var at = Texts[file].IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{file} no longer holds {right}");
        var mistaken = new Dictionary<string, string>(
            Texts)
        { [file] = string.Concat(Texts[file].AsSpan(0, at), wrong, Texts[file].AsSpan(at + right.Length)) };
        Assert.Contains(ModelFiles.Faults(mistaken), fault => fault.Contains(caught, StringComparison.Ordinal));
    }

    private static JsonElement Json(params string[] path) =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Repository.At(["powerbi", .. path])));
}
