using System.Text.RegularExpressions;
using System.Xml.Linq;
using FriendCity.Hosting;
using FriendCity.Tests.Dev;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Flavours;

/// <summary>
/// The flavour of <c>-p:AzurePackages=true</c>. Its packages need not be at hand for these tests, so they hold what can be held without
/// them: both flavours evaluate, they differ only where they say so, and the difference stays small.
/// </summary>
public sealed partial class FlavourTests
{
    private static readonly string[] OfficialPackages =
    [
        "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Sdk", "Microsoft.Azure.Functions.Worker.Extensions.Http",
        "Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore", "Microsoft.Azure.Functions.Worker.Extensions.Timer",
        "Azure.Data.Tables", "Azure.Storage.Blobs",
    ];

    // Declared by both: each flavour has its own, by the same name.
    private static readonly string[] InBoth = ["FriendCityApp", "StorageAdapters"];

    // Ours by the worker's names, so that a function compiles against either.
    private static readonly string[] WorkersNames = ["FunctionAttribute", "AuthorizationLevel", "HttpTriggerAttribute", "TimerTriggerAttribute", "TimerInfo", "ScheduleStatus"];

    [Fact]
    public async Task The_official_packages_are_in_their_flavour_and_in_no_other()
    {
        var (ours, official) = (await Flavour.Ours, await Flavour.Official);
        Assert.Empty(OfficialPackages.Except(official.Packages));
        Assert.Empty(OfficialPackages.Intersect(ours.Packages));
        Assert.Contains("Newtonsoft.Json", official.Packages);
        Assert.Equal(["NCrontab.Signed"], ours.Packages.Except(official.Packages));
        Assert.Equal(("Exe", "v4"), (official.Property("OutputType"), official.Property("AzureFunctionsVersion")));
        var versions = XDocument.Load(Repository.At("Directory.Packages.props")).Descendants("PackageVersion").Select(version => (string?)version.Attribute("Include"));
        Assert.Empty(official.Packages.Except(versions));
    }

    [Fact]
    public async Task The_door_and_the_storage_adapters_are_swapped_and_everything_else_is_shared()
    {
        var (ours, official) = (await Flavour.Ours, await Flavour.Official);
        Assert.All(ours.Sources.Except(official.Sources), source => Assert.Matches("^(Hosting/|Storage/Rest/|FriendCityApp.cs$)", source));
        Assert.All(official.Sources.Except(ours.Sources), source => Assert.StartsWith("Azure/", source, StringComparison.Ordinal));
        Assert.DoesNotContain(official.Sources, source => source.StartsWith("Hosting/", StringComparison.Ordinal) || source.StartsWith("Storage/Rest/", StringComparison.Ordinal));
        Assert.Contains("Azure/AzureTableStorage.cs", official.Sources);
        Assert.Contains("Azure/AzureBlobStorage.cs", official.Sources);
        Assert.DoesNotContain(official.Sources, source => source.StartsWith("obj/", StringComparison.Ordinal) || source.StartsWith("bin/", StringComparison.Ordinal));
        Assert.Equal(["FriendCity.Hosting"], ours.Usings.Except(official.Usings));
        Assert.Equal(["Microsoft.Azure.Functions.Worker"], official.Usings.Except(ours.Usings));
    }

    [Fact]
    public async Task No_shared_file_names_what_only_one_flavour_has()
    {
        var (ours, official) = (await Flavour.Ours, await Flavour.Official);
        var shared = ours.Sources.Intersect(official.Sources).ToList();
        var own = ours.Sources.Except(official.Sources).Concat(official.Sources.Except(ours.Sources))
            .SelectMany(source => Declarations().Matches(Read(source)).Select(match => match.Groups["name"].Value))
            .Except(InBoth).Except(WorkersNames).ToList();
        Assert.Contains("FunctionCatalog", own);
        Assert.Contains("RestTableStorage", own);
        Assert.Contains("AzureTableStorage", own);
        // A function's attribute is written [Function("…")], which is not the record of that name.
        var names = new Regex($@"\b({string.Join('|', own.Except(["Function"]))}|FriendCity\.Hosting|Storage\.Rest|Storage\.Official|Microsoft\.Azure|Azure\.Data|Azure\.Storage)\b", RegexOptions.None, TimeSpan.FromSeconds(5));
        Assert.Contains("Settings.cs", shared);
        Assert.All(shared, source => Assert.DoesNotMatch(names, Comments().Replace(Read(source), "")));
    }

    [Fact]
    public async Task The_flavours_own_tests_name_nothing_of_ours()
    {
        var tests = (await Flavour.OfficialTests).Sources;
        Assert.Contains("Storage/TableRowContract.cs", tests);
        Assert.Contains("Http/LifecycleTests.cs", tests);
        Assert.All(tests, test => Assert.DoesNotMatch(@"FriendCity\.Hosting|Storage\.Rest|Tests\.Hosting|\bRest\.", File.ReadAllText(Repository.At("tests", test))));
    }

    [Fact]
    public async Task Each_flavour_builds_and_locks_in_a_place_of_its_own()
    {
        var (ours, official) = (await Flavour.Ours, await Flavour.Official);
        Assert.Equal(("obj/", "bin/", ""), (ours.Property("BaseIntermediateOutputPath").Replace('\\', '/'), ours.Property("BaseOutputPath").Replace('\\', '/'), ours.Property("NuGetLockFilePath")));
        Assert.Equal(("obj/azure/", "bin/azure/"), (official.Property("BaseIntermediateOutputPath"), official.Property("BaseOutputPath")));
        Assert.Contains("/obj/azure/", official.Property("NuGetLockFilePath").Replace('\\', '/'), StringComparison.Ordinal);
    }

    // A section for a custom handler would win over the worker.
    [Fact]
    public async Task The_two_host_files_differ_in_the_custom_handler_alone()
    {
        var (ours, official) = (JObject.Parse(await File.ReadAllTextAsync((await Flavour.Ours).HostJson)), JObject.Parse(await File.ReadAllTextAsync((await Flavour.Official).HostJson)));
        Assert.Equal("", (string?)official["extensions"]!["http"]!["routePrefix"]);
        Assert.Null(official["customHandler"]);
        Assert.True(ours.Remove("customHandler"));
        Assert.True(JToken.DeepEquals(ours, official), $"{ours}\n{official}");
    }

    [Fact]
    public void Every_function_keeps_to_what_both_doors_treat_alike() =>
        Assert.NotEmpty(FunctionCatalog.In(typeof(FriendCityApp).Assembly).Functions);

    [Fact]
    public async Task The_flavour_costs_no_more_than_400_lines()
    {
        var product = (await Flavour.Official).Sources.Except((await Flavour.Ours).Sources).Append("Azure/host.json").Sum(source => Code(Read(source)));
        var tests = Directory.EnumerateFiles(Repository.At("tests", "Azure", "Flavour")).Sum(file => Code(File.ReadAllText(file)));
        var build = new[] { Flavour.Project, Flavour.TestProject, Repository.At("Directory.Build.props"), Repository.At("Directory.Packages.props") }.Sum(Conditional);
        Assert.InRange(product + build, 200, 400);
        Assert.InRange(tests, 50, 120);
    }

    private static string Read(string source) => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Flavour.Project)!, source));

    // Lines with more on them than a comment.
    private static int Code(string text) => Comments().Replace(text, "").Split('\n').Count(line => line.Trim().Length > 0);

    private static int Conditional(string file) => XDocument.Load(file).Descendants().Count(element => element.AncestorsAndSelf().Any(
        e => ((string?)e.Attribute("Condition"))?.Contains("'$(AzurePackages)' == 'true'", StringComparison.Ordinal) == true));

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline, 5000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^(?:public|internal)\b.*?\b(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline, 5000)]
    private static partial Regex Declarations();
}
