using System.Text.RegularExpressions;
using FriendCity.Tests.Dev;

namespace FriendCity.Tests;

/// <summary>
/// The arrows between the parts of the product, and the size of its files, read from the sources. A part's types can be named by its
/// using or by its name only (unused usings do not build), except those of Hosting, which a global using brings everywhere.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Parts = [.. Directory.GetDirectories(Repository.At("functions")).Select(Path.GetFileName).OfType<string>().Where(name => char.IsUpper(name[0]))];

    /// <summary>What each part may use, besides itself.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Hosting"] = ["Storage"],
        ["Storage"] = [],
        ["Records"] = ["Storage"],
        ["Registry"] = ["Records", "Http", "Hosting"],
        ["Http"] = ["Records", "Storage", "Access", "Hosting"],
        ["Access"] = ["Records", "Http", "Storage"],
        ["Kpis"] = ["Records", "Registry"],
        ["Snapshots"] = ["Records", "Registry", "Kpis", "Http", "Access", "Storage", "Hosting"],
        ["Reports"] = ["Records", "Registry", "Kpis", "Http", "Hosting"],
        ["Dashboard"] = ["Kpis", "Http", "Hosting"],
        ["PowerBi"] = ["Records", "Registry", "Kpis", "Snapshots", "Http", "Access", "Hosting"],
    };

    /// <summary>Figures are pure; only their door to HTTP is not.</summary>
    private static readonly string[] KpiDoor = ["KpiApi.cs", "KpiRequest.cs", "KpiJson.cs", "KpiFunctions.cs"];

    /// <summary>Only functions take triggers from the hosting layer, which comes by a global using; what a timer tells goes further.</summary>
    private static readonly string[] Functions = ["Registry", "Http", "Kpis", "Snapshots", "Reports", "Dashboard", "PowerBi"];

    public static TheoryData<string> AllParts { get; } = [.. Parts];

    [Theory]
    [MemberData(nameof(AllParts))]
    public void A_part_uses_only_what_its_arrows_point_to(string part)
    {
        Assert.True(Arrows.TryGetValue(part, out var allowed), $"{part} has no arrows.");
        var breaches =
            from file in Sources("functions", part)
            let name = Path.GetFileName(file)
            let code = Code(file)
            from other in Parts.Except(allowed).Where(other => other != part)
            where !(part == "Kpis" && (KpiDoor.Contains(name) || Path.GetFileName(Path.GetDirectoryName(file)) == "Api") && other is "Http" or "Hosting")
            where other == "Hosting" ? Names(other).Any(type => Has(code, type)) : Has(code, $@"FriendCity\.{other}") || Names(other).Any(type => Has(code, $@"{other}\.{type}"))
            select $"{name} uses {other}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void Only_function_classes_and_the_composition_know_the_hosting_layer() =>
        Assert.Empty(
            from part in Functions.Intersect(Parts)
            from file in Sources("functions", part)
            where !file.EndsWith("Functions.cs", StringComparison.Ordinal)
            from type in Names("Hosting").Except(["TimerInfo"])
            where Has(Code(file), type)
            select $"{Path.GetFileName(file)} names {type}");

    [Fact]
    public void What_shows_records_never_writes_them() =>
        Assert.DoesNotContain(Parts.Intersect(["Kpis", "Snapshots", "PowerBi", "Reports", "Dashboard"]).SelectMany(part => Sources("functions", part)), file => Has(Code(file), "RecordStore|RecordWrites|Importer"));

    [Theory]
    [InlineData("functions", 400)]
    [InlineData("dev", 400)]
    [InlineData("tests", 500)]
    public void No_file_is_long(string folder, int most) =>
        Assert.DoesNotContain(Sources(folder).Select(file => (Path.GetFileName(file), Lines: File.ReadLines(file).Count())), file => file.Lines > most);

    [Fact]
    public void Most_files_are_short()
    {
        var lines = Sources("functions").Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.InRange(lines[lines.Count / 2], 20, 60);
        Assert.InRange(lines[lines.Count * 95 / 100], 0, 250);
    }

    [Fact]
    public void The_clock_is_read_through_its_provider_only() =>
        Assert.DoesNotContain(Sources("functions"), file => Has(Code(file), @"DateTime(Offset)?\.(Utc)?(Now|Today)"));

    private static IEnumerable<string> Sources(params string[] folder) =>
        Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories).Where(file => !Generated().IsMatch(file));

    /// <summary>The types that a part declares.</summary>
    private static HashSet<string> Names(string part) =>
        [.. typeof(FriendCityServices).Assembly.GetTypes()
            .Where(type => !type.IsNested && $"{type.Namespace}.".StartsWith($"FriendCity.{part}.", StringComparison.Ordinal) && type.Name[0] != '<')
            .Select(type => type.Name.Split('`')[0])];

    private static bool Has(string code, string pattern) => Regex.IsMatch(code, $@"(?<![\w.])({pattern})\b", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static string Code(string file) => Prose().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();

    /// <summary>Comments, and text in quotes.</summary>
    [GeneratedRegex("""//[^\n]*|"(\\.|[^"\\\n])*""" + "\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Prose();
}
