using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Infra;

/// <summary><c>infra/main.bicep</c> compiles without a warning and makes what the service needs: its runtime, no secret, no second door.</summary>
public sealed partial class BicepTests
{
    [Theory]
    [InlineData("build", "--stdout")]
    [InlineData("lint")]
    public async Task The_compiler_and_its_linter_have_nothing_to_say(string command, params string[] options)
    {
        var (code, output, errors) = await Bicep.RunAsync([command, Bicep.Template, .. options]);
        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(command == "build", output.Length > 0);
    }

    [Fact]
    public async Task The_template_is_formatted()
    {
        var (_, output, _) = await Bicep.RunAsync("format", Bicep.Template, "--stdout");
        Assert.Equal(output, await File.ReadAllTextAsync(Bicep.Template, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Flex_Consumption_runs_the_isolated_worker_from_a_package_in_a_container()
    {
        var deployment = await Deployment.WithAsync();
        var config = deployment.App["properties"]!["functionAppConfig"]!;
        Assert.Equal("""{"name":"FC1","tier":"FlexConsumption"}""", Text(deployment.One("Microsoft.Web/serverfarms")["sku"]!));
        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", Text(config["runtime"]!));
        Assert.Equal("""{"instanceMemoryMB":2048,"maximumInstanceCount":40,"alwaysReady":[]}""", Text(config["scaleAndConcurrency"]!));
        var storage = config["deployment"]!["storage"]!;
        Assert.Equal(("blobContainer", "SystemAssignedIdentity"), ((string)storage["type"]!, (string)storage["authentication"]!["type"]!));
        var container = ((string)deployment.One("Microsoft.Storage/storageAccounts/blobServices/containers")["name"]!).Split('/')[^1];
        Assert.EndsWith($".primaryEndpoints.blob, '{container}')]", (string)storage["value"]!, StringComparison.Ordinal);
        Assert.DoesNotContain(deployment.Settings.Keys, name => name.StartsWith("FUNCTIONS_", StringComparison.Ordinal));
        Assert.DoesNotContain(deployment.Settings.Keys, name => name.StartsWith("WEBSITE_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dedicated_plan_runs_the_same_worker()
    {
        var deployment = await Deployment.WithAsync("param plan = 'dedicated'");
        Assert.Equal("DOTNET-ISOLATED|10.0", (string)deployment.Site["linuxFxVersion"]!);
        Assert.True((bool)deployment.Site["alwaysOn"]!);
        Assert.Equal("~4", deployment.Settings["FUNCTIONS_EXTENSION_VERSION"]);
        Assert.Equal("dotnet-isolated", deployment.Settings["FUNCTIONS_WORKER_RUNTIME"]);
        Assert.Equal(JTokenType.Null, deployment.App["properties"]!["functionAppConfig"]!.Type);
        Assert.Empty(deployment.All("Microsoft.Storage/storageAccounts/blobServices/containers"));
    }

    [Fact]
    public async Task Instances_are_kept_ready_for_requests_when_asked_for()
    {
        var deployment = await Deployment.WithAsync("param alwaysReadyInstances = 2", "param maximumInstances = 60");
        var scale = deployment.App["properties"]!["functionAppConfig"]!["scaleAndConcurrency"]!;
        Assert.Equal(60, (int)scale["maximumInstanceCount"]!);
        Assert.Equal("""[{"name":"http","instanceCount":2}]""", Text(scale["alwaysReady"]!));
    }

    [Theory]
    [InlineData("flex")]
    [InlineData("dedicated")]
    public async Task The_app_is_reached_by_https_alone_and_answers_every_path_and_origin_itself(string plan)
    {
        var deployment = await Deployment.WithAsync($"param plan = '{plan}'");
        Assert.True((bool)deployment.App["properties"]!["httpsOnly"]!);
        Assert.Equal(("1.2", "Disabled"), ((string)deployment.Site["minTlsVersion"]!, (string)deployment.Site["ftpsState"]!));
        Assert.Equal("true", deployment.Settings["AzureWebJobsDisableHomepage"]);
        Assert.Equal("""{"allowedOrigins":[]}""", Text(deployment.Site["cors"]!));
        var passwords = deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies")
            .Select(policy => (((string)policy["name"]!).Split('/')[1], (bool)policy["properties"]!["allow"]!));
        Assert.Equal([("scm", false), ("ftp", false)], passwords);
    }

    [Theory]
    [InlineData("rec", null)]
    [InlineData("snp", true)] // Power BI reads snapshots as a data lake.
    public async Task Storage_takes_no_shared_key_and_shows_nothing_to_the_public(string account, bool? hierarchical)
    {
        var made = (await Deployment.WithAsync()).Account(account);
        var properties = made["properties"]!;
        Assert.Equal("StorageV2", (string)made["kind"]!);
        Assert.Equal((false, false), ((bool)properties["allowSharedKeyAccess"]!, (bool)properties["allowBlobPublicAccess"]!));
        Assert.Equal((true, "TLS1_2"), ((bool)properties["supportsHttpsTrafficOnly"]!, (string)properties["minimumTlsVersion"]!));
        Assert.Equal(hierarchical, (bool?)properties["isHnsEnabled"]);
    }

    [Fact]
    public async Task The_app_has_the_roles_it_works_with_and_no_other()
    {
        const string Owner = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
        const string Contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
        const string Tables = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3";
        var deployment = await Deployment.WithAsync();
        var (records, snapshots) = ((string)deployment.Account("rec")["id"]!, (string)deployment.Account("snp")["id"]!);
        var roles = deployment.All("Microsoft.Authorization/roleAssignments").ToList();

        Assert.Equal(
            ((string, string)[])[(records, Owner), (records, Tables), (snapshots, Contributor)],
            roles.Select(role => (
                ((string)role["id"]!).Split("/providers/Microsoft.Authorization")[0],
                ((string)role["properties"]!["roleDefinitionId"]!).Split('/')[^1])));
        Assert.Equal("SystemAssigned", (string)deployment.App["identity"]!["type"]!);
        Assert.All(roles, role =>
        {
            Assert.StartsWith($"[reference('{deployment.App["id"]}', ", (string)role["properties"]!["principalId"]!, StringComparison.Ordinal);
            Assert.Equal("ServicePrincipal", (string)role["properties"]!["principalType"]!);
        });
    }

    [Fact]
    public async Task Logs_go_to_a_workspace_by_the_connection_string()
    {
        var deployment = await Deployment.WithAsync();
        var insights = deployment.One("Microsoft.Insights/components");
        var workspace = deployment.One("Microsoft.OperationalInsights/workspaces");
        Assert.Equal((string)workspace["id"]!, (string)insights["properties"]!["WorkspaceResourceId"]!);
        var setting = deployment.Settings["APPLICATIONINSIGHTS_CONNECTION_STRING"];
        Assert.StartsWith($"[reference('{insights["id"]}', ", setting, StringComparison.Ordinal);
        Assert.EndsWith(").ConnectionString]", setting, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_read_and_no_module_is_fetched()
    {
        var (_, template, _) = await Bicep.RunAsync("build", Bicep.Template, "--stdout");
        Assert.DoesNotMatch(Secrets(), template);
        Assert.DoesNotContain("Microsoft.Resources/deployments", template, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_next_steps_need_is_put_out()
    {
        var names = (await Deployment.WithAsync()).Outputs.Order(StringComparer.Ordinal);
        Assert.Equal(["appName", "hostName", "recordsAccount", "snapshotsAccount", "snapshotsUrl"], names);
    }

    private static string Text(JToken token) => token.ToString(Newtonsoft.Json.Formatting.None);

    [GeneratedRegex("(?i)listKeys|list\\(|AccountKey|SharedAccessSignature|InstrumentationKey|securestring", RegexOptions.NonBacktracking)]
    private static partial Regex Secrets();
}
