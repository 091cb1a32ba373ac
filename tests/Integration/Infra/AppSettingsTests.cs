using System.Text.RegularExpressions;
using FriendCity.Serialization;
using FriendCity.Storage;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Infra;

/// <summary>The settings that a deployment gives the app are those that the app reads, and docs/deploy.md tells of each.</summary>
public sealed partial class AppSettingsTests
{
    /// <summary>What the Functions host reads, not the app.</summary>
    private static readonly HashSet<string> HostsOwn =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__credential",
        "FUNCTIONS_EXTENSION_VERSION", "FUNCTIONS_WORKER_RUNTIME", "WEBSITE_RUN_FROM_PACKAGE",
    ];

    /// <summary>For trials that make hundreds of snapshots; see Settings.</summary>
    private static readonly HashSet<string> NotForOffices = ["SnapshotSettleSeconds"];

    /// <summary>A value for each parameter that gives a setting, and none of them the parameter's default.</summary>
    private static readonly Dictionary<string, string> Given = new()
    {
        ["nightlySchedule"] = "0 30 19 * * *",
        ["officeTimeZone"] = "Asia/Urumqi",
        ["views"] = "now?scope=family; article?asOf=2024-03-25&scope=members&scenarios=ARTICLE&baseline=2018-06-09",
        ["defaultView"] = "article",
        ["figuresFrom"] = "2018-06-09",
        ["snapshotMajors"] = "2",
        ["changesKeptDays"] = "30",
        ["pollsPerSecond"] = "50",
        ["requestsPerMinute"] = "6000",
        ["publicAddress"] = "https://friends.example.cn",
        ["corsOrigins"] = "https://portal.example.cn,https://intranet.example.cn",
        ["keyContact"] = "青岛市外办信息处; keys@example.cn; 0532-12345",
        ["entraTenant"] = "5b1c0f6e-7a1d-4c53-9d0e-7c7a4f3b2a10",
        ["entraAudience"] = "https://friends.example.cn,0d9c2f58-3c1b-4a53-8f8c-1f2e3d4c5b6a",
        ["entraUserScopes"] = "none",
    };

    private static readonly string[] Parameters =
        [.. Given.Select(pair => $"param {pair.Key} = {(pair.Key is "changesKeptDays" or "pollsPerSecond" or "requestsPerMinute" ? pair.Value : $"'{pair.Value}'")}")];

    private static readonly IReadOnlyList<(string Setting, string Parameter)> Documented =
    [
        .. from row in Row().Matches(File.ReadAllText(Repository.At("docs", "deploy.md")))
           select (row.Groups["setting"].Value, row.Groups["parameter"].Value),
    ];

    private static readonly Lazy<IReadOnlyList<string>> Sources =
        new(() => [.. Directory.EnumerateFiles(Repository.At("functions"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)]);

    public static TheoryData<string, string> Rows => [.. Documented.Where(row => row.Parameter.Length > 0)];

    [Theory]
    [InlineData("flex")]
    [InlineData("dedicated")]
    public async Task The_app_or_the_host_reads_each_setting_that_is_set(string plan)
    {
        var deployment = await Deployment.WithAsync([$"param plan = '{plan}'", .. Parameters]);
        var (_, asked) = Start(deployment, "core.windows.net", "https://login.microsoftonline.com/");
        Assert.All(deployment.Settings.Keys.Except(HostsOwn), name => Assert.True(IsRead(name, asked), $"Nothing reads the setting {name}."));
    }

    [Theory]
    [InlineData("core.windows.net", "https://login.microsoftonline.com/")]
    [InlineData("core.chinacloudapi.cn", "https://login.partner.microsoftonline.cn")]
    public async Task The_app_starts_on_them_and_finds_its_accounts_in_every_cloud(string suffix, string signIn)
    {
        var deployment = await Deployment.WithAsync(Parameters);
        var (services, _) = Start(deployment, suffix, signIn);
        var (records, snapshots) = (services.GetRequiredService<StorageAccount>(), services.GetRequiredKeyedService<StorageAccount>("Snapshots"));

        Assert.Equal($"https://{deployment.Account("rec")["name"]}.blob.{suffix}/", records.Blobs.AbsoluteUri);
        Assert.Equal($"https://{deployment.Account("rec")["name"]}.table.{suffix}/", records.Tables.AbsoluteUri);
        Assert.Equal($"https://{deployment.Account("snp")["name"]}.blob.{suffix}/", snapshots.Blobs.AbsoluteUri);
        Assert.All([records, snapshots], account => Assert.IsType<StorageAccess.Identity>(account.Access));
    }

    [Fact]
    public async Task Without_a_directory_nothing_is_said_of_it_and_the_app_starts()
    {
        var deployment = await Deployment.WithAsync();
        Start(deployment, "core.windows.net", "");
        Assert.DoesNotContain(deployment.Settings.Keys, name => name.StartsWith("Entra", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_parameter_that_the_page_names_gives_the_setting(string setting, string parameter) =>
        Assert.Equal(Given[parameter], (await Deployment.WithAsync(Parameters)).Settings[setting]);

    [Fact]
    public async Task The_page_tells_of_every_setting_that_the_app_asks_for_and_of_every_one_in_the_sample()
    {
        var (_, asked) = Start(await Deployment.WithAsync(Parameters), "core.windows.net", "https://login.microsoftonline.com/");
        var known = asked.Select(name => name.Split(':', '_')[0]).Concat(Sample().Properties().Select(value => value.Name).Except(HostsOwn));

        Assert.Empty(known.Except(NotForOffices).Except(Documented.Select(row => row.Setting)));
        Assert.Equal(Given.Keys.Order(StringComparer.Ordinal), Rows.Select(row => row.Data.Item2).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_sample_of_local_settings_runs_the_same_worker() => Assert.Equal("dotnet-isolated", (string?)Sample()["FUNCTIONS_WORKER_RUNTIME"]);

    private static JObject Sample() => (JObject)Json.Parse(File.ReadAllText(Repository.At("local.settings.sample.json")))["Values"]!;

    private static (IServiceProvider Services, HashSet<string> Asked) Start(Deployment deployment, string suffix, string signIn)
    {
        var (configuration, settings) = AskedSettings.Of(deployment.Environment(suffix, signIn));
        var services = new ServiceCollection().AddLogging().AddFriendCity(configuration).BuildServiceProvider();
        services.GetRequiredService<OfficeCalendar>();
        return (services, settings.Asked);
    }

    /// <summary>Asked for at the start, or named by code that asks later; what a trigger names between percent signs the host reads for it.</summary>
    private static bool IsRead(string name, HashSet<string> asked) =>
        asked.Contains(name.Replace("__", ":", StringComparison.Ordinal)) ||
        Sources.Value.Any(source => Array.Exists([$"\"{name}\"", $"\"%{name}%\""], literal => source.Contains(literal, StringComparison.Ordinal)));

    [GeneratedRegex(@"^\| `(?<setting>[A-Za-z]+)` \| (?:`(?<parameter>[A-Za-z]+)`)?", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
