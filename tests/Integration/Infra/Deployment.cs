using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Infra;

/// <summary>What a deployment makes, and the values that only the platform can put in.</summary>
internal sealed partial class Deployment(JObject predicted)
{
    private readonly IReadOnlyList<JToken> resources = [.. predicted["predictedResources"]!];

    public JToken App => One("Microsoft.Web/sites");

    public JToken Site => App["properties"]!["siteConfig"]!;

    public IReadOnlyDictionary<string, string> Settings =>
        Site["appSettings"]!.ToDictionary(setting => (string)setting["name"]!, setting => (string)setting["value"]!);

    public IEnumerable<string> Outputs => ((JObject)predicted["outputs"]!).Properties().Select(output => output.Name);

    public static async Task<Deployment> WithAsync(params string[] parameters) => new(await Bicep.DeploymentAsync(parameters));

    public IEnumerable<JToken> All(string type) => resources.Where(resource => (string)resource["type"]! == type);

    public JToken One(string type) => All(type).Single();

    public JToken Account(string part) =>
        All("Microsoft.Storage/storageAccounts").Single(account => ((string)account["name"]!).Contains(part, StringComparison.Ordinal));

    /// <summary>The settings as the app finds them in its environment, in a cloud with these addresses.</summary>
    public Dictionary<string, string?> Environment(string storageSuffix, string signIn) => Settings.ToDictionary(
        setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
        string? (setting) => setting.Key == "EntraAuthority"
            ? signIn
            : Endpoint().Replace(setting.Value, found => $"https://{found.Groups["account"]}.{found.Groups["service"]}.{storageSuffix}/"));

    [GeneratedRegex(
        @"^\[reference\('[^']*/storageAccounts/(?<account>\w+)', '[^']*'\)\.primaryEndpoints\.(?<service>\w+)\]$",
        RegexOptions.NonBacktracking)]
    private static partial Regex Endpoint();
}
