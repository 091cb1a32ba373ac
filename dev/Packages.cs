using System.Text.Json;

namespace FriendCity.Dev;

/// <summary>The npm packages (the storage emulator), installed when what is there is not what the lock file says.</summary>
internal static class Packages
{
    public static async Task InstallAsync(Folder folder, CancellationToken stop)
    {
        var installed = folder.At("node_modules", ".package-lock.json"); // npm writes it last
        if (File.Exists(installed) && Same(folder.At("package-lock.json"), installed)) return;
        await Steps.RunAsync("packages", folder, Launch.Of("npm", "ci", "--no-audit", "--no-fund"), stop);
    }

    private static bool Same(string wanted, string installed)
    {
        var (want, have) = (Versions(wanted), Versions(installed));
        return have.All(package => want.TryGetValue(package.Key, out var wish) && wish.Version == package.Value.Version)
            && want.All(package => package.Value.Optional || have.ContainsKey(package.Key));
    }

    private static Dictionary<string, (string? Version, bool Optional)> Versions(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        return json.RootElement.GetProperty("packages").EnumerateObject()
            .Where(package => package.Name.Length > 0) // the project itself
            .ToDictionary(package => package.Name, package => (Text(package.Value, "version"), IsOptional(package.Value)));
    }

    private static string? Text(JsonElement package, string name) => package.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool IsOptional(JsonElement package) =>
        package.TryGetProperty("optional", out _) || package.TryGetProperty("devOptional", out _) || package.TryGetProperty("peer", out _);
}
