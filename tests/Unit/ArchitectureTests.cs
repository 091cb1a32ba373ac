using System.Text.RegularExpressions;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker.Invocation;

namespace FriendCity.Tests.Unit;

/// <summary>
/// The arrows between the parts of the product, and the size of its files, read from the sources. A part's types can be named by its
/// using or by its name only, and unused usings do not build.
/// </summary>
public sealed partial class ArchitectureTests
{
    private static readonly string[] Parts = [.. Directory.GetDirectories(Repository.At("functions")).Select(Path.GetFileName).OfType<string>()
        .Where(name => char.IsUpper(name[0]))];

    /// <summary>What each part may use, besides itself. No two of them lead back to each other.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["Messages"] = [],
        ["Storage"] = [],
        ["Serialization"] = ["Messages"],
        ["Records"] = ["Messages", "Serialization", "Storage"],
        ["Registry"] = ["Messages", "Serialization", "Records"],
        ["Kpis"] = ["Messages", "Serialization", "Records", "Registry"],
        ["Http"] = ["Messages", "Serialization", "Storage"],
        ["Access"] = ["Messages", "Serialization", "Records", "Storage", "Http"],
        ["Idempotency"] = ["Records", "Storage", "Http", "Access"],
        ["RecordsApi"] = ["Messages", "Serialization", "Records", "Storage", "Http", "Access", "Idempotency"],
        ["Operations"] = ["Messages", "Records", "Storage", "Http", "Access", "Idempotency"],
        ["ImportApi"] = ["Messages", "Serialization", "Records", "Storage", "Http", "RecordsApi", "Operations"],
        ["ExportApi"] = ["Serialization", "Records", "Storage", "Http", "RecordsApi", "Operations"],
        ["Snapshots"] = ["Idempotency", "Messages", "Serialization", "Records", "Registry", "Kpis", "Storage", "Http", "Access", "Operations"],
        ["Reports"] = ["Messages", "Records", "Registry", "Kpis", "Http"],
        ["OpenApi"] = ["Messages", "Records", "Registry", "Kpis", "Snapshots", "ImportApi", "ExportApi", "Http", "Access", "RecordsApi"],
        ["Agents"] = ["Kpis", "Reports", "Http", "Access", "RecordsApi"],
        ["Dashboard"] = ["Messages", "Records", "Registry", "Kpis", "Reports", "Http"],
        ["PowerBi"] = ["Messages", "Serialization", "Records", "Registry", "Kpis", "Snapshots", "Http", "Access", "RecordsApi"],
    };

    /// <summary>Figures are pure; only their way to HTTP is not.</summary>
    private static readonly string[] KpiApiUses = ["Http", "RecordsApi"];

    public static TheoryData<string> AllParts { get; } = [.. Parts];

    [Theory]
    [MemberData(nameof(AllParts))]
    public void A_part_uses_only_what_its_arrows_point_to(string part)
    {
        Assert.True(Arrows.TryGetValue(part, out var allowed), $"{part} has no arrows.");
        var breaches =
            from file in Sources("functions", part)
            let code = Code(file)
            from other in Parts.Except(allowed).Where(other => other != part)
            where !(part == "Kpis" && IsApi(file) && KpiApiUses.Contains(other))
            where Has(code, $@"FriendCity\.{other}") || Names(other).Any(type => Has(code, $@"{other}\.{type}"))
            select $"{Path.GetFileName(file)} uses {other}";
        Assert.Empty(breaches);
    }

    [Fact]
    public void No_arrow_leads_back()
    {
        var levels = new Dictionary<string, int>();
        Assert.All(Arrows.Keys, part => Level(part, []));

        int Level(string part, string[] way)
        {
            Assert.DoesNotContain(part, way);
            return levels.TryGetValue(part, out var level) ? level : levels[part] = Arrows[part].Select(next => Level(next, [.. way, part]) + 1)
                .DefaultIfEmpty().Max();
        }
    }

    /// <summary>
    /// An Api folder answers HTTP: nobody but the composition needs to know of it, and reports and the dashboard, which take the figures' parameters.
    /// </summary>
    [Fact]
    public void Nobody_uses_the_api_folder_of_another_part() =>
        Assert.Equal(["TimeSection.cs uses Kpis.Api", "SectionWriter.cs uses Kpis.Api", "ReportFunctions.cs uses Kpis.Api",
            "DashboardPage.cs uses Kpis.Api", "DashboardDataFunctions.cs uses Kpis.Api", "BriefingJson.cs uses Kpis.Api", "AgentTools.cs uses Kpis.Api"], (
            from file in Sources("functions")
            where Path.GetDirectoryName(file) != Repository.At("functions")
            from other in Parts
            where !file.StartsWith(Repository.At("functions", other) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            where Has(Code(file), $@"FriendCity\.{other}\.Api")
            select $"{Path.GetFileName(file)} uses {other}.Api").OrderDescending());

    [Fact]
    public void What_shows_records_never_writes_them() =>
        Assert.DoesNotContain(Parts.Intersect(["Kpis", "Snapshots", "PowerBi", "Reports", "Dashboard"])
            .SelectMany(part => Sources("functions", part)), file => Has(Code(file), "RecordStore|RecordWrites|Importer"));

    [Theory]
    [InlineData("functions", 250)]
    [InlineData("dev", 250)]
    [InlineData("tests", 300)]
    public void No_file_is_long(string folder, int most) =>
        Assert.DoesNotContain(Sources(folder).Select(file => (Path.GetFileName(file), Lines: File.ReadLines(file).Count())),
            file => file.Lines > most);

    /// <summary>Documents in quotes that tests send or expect stand as they are.</summary>
    [Theory]
    [InlineData("functions")]
    [InlineData("dev")]
    public void No_line_is_wide(string folder) =>
        Assert.DoesNotContain(Sources(folder).SelectMany(file => File.ReadLines(file).Select(line => (Path.GetFileName(file), line))),
            each => each.line.Length > 150);

    /// <summary>Where a reader starts to search; the page says why an exception is none.</summary>
    [Fact]
    public void No_folder_is_one_to_search_in() =>
        Assert.Equal(["Definitions"], Sources("functions").GroupBy(file => Path.GetDirectoryName(file)!).Where(folder => folder.Count() > 15)
            .Select(folder => Path.GetFileName(folder.Key)));

    [Fact]
    public void The_walks_pass_files_that_there_are()
    {
        var named = Walk().Matches(File.ReadAllText(Repository.At("docs", "architecture.md"))).Select(match => match.Groups["file"].Value).Distinct()
            .ToList();
        Assert.InRange(named.Count, 30, 70);
        Assert.DoesNotContain(named, file => !File.Exists(Repository.At(file)));
    }

    [Theory, InlineData("README.md"), InlineData("README.zh-CN.md"), InlineData("CONTRIBUTING.md"), InlineData("docs/architecture.md")]
    public void A_page_names_files_and_folders_that_there_are(string page)
    {
        var named = Place().Matches(File.ReadAllText(Repository.At(page))).Select(match => match.Groups["place"].Value).ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, place => !Path.Exists(Repository.At(place)));
    }

    [Fact]
    public void Most_files_are_short()
    {
        var lines = Sources("functions").Select(file => File.ReadLines(file).Count()).Order().ToList();
        Assert.InRange(lines[lines.Count / 2], 20, 60);
    }

    [Fact]
    public void The_clock_is_read_through_its_provider_only() =>
        Assert.DoesNotContain(Sources("functions"), file => Has(Code(file), @"DateTime(Offset)?\.(Utc)?(Now|Today)"));

    /// <summary>The executor that the package generates compiles an internal function class anew at every call: a quarter of the throughput is left.</summary>
    [Fact]
    public void No_executor_is_generated_since_function_classes_are_internal() =>
        Assert.DoesNotContain(typeof(FriendCityServices).Assembly.GetTypes(), type => type.IsAssignableTo(typeof(IFunctionExecutor)));

    private static bool IsApi(string file) => Path.GetDirectoryName(file)!.Split(Path.DirectorySeparatorChar).Contains("Api");

    private static IEnumerable<string> Sources(params string[] folder) =>
        Directory.EnumerateFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories).Where(file => !Generated().IsMatch(file));

    /// <summary>The types that a part declares.</summary>
    private static HashSet<string> Names(string part) =>
        [.. typeof(FriendCityServices).Assembly.GetTypes()
            .Where(type => !type.IsNested && $"{type.Namespace}.".StartsWith($"FriendCity.{part}.", StringComparison.Ordinal) && type.Name[0] != '<')
            .Select(type => type.Name.Split('`')[0])];

    private static bool Has(string code, string pattern) =>
        Regex.IsMatch(code, $@"(?<![\w.])({pattern})\b", RegexOptions.None, TimeSpan.FromSeconds(10));

    private static string Code(string file) => Prose().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"[\\/](obj|bin)[\\/]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generated();

    [GeneratedRegex("`(?<file>functions/[A-Za-z/]+\\.cs)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Walk();

    [GeneratedRegex("`(?<place>(functions|tests|samples|infra|dev)/[A-Za-z][A-Za-z./-]*)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Place();

    /// <summary>Comments, and text in quotes.</summary>
    [GeneratedRegex("""//[^\n]*|"(\\.|[^"\\\n])*""" + "\"", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Prose();
}
