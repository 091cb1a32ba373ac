using FriendCity.Tests.Support;


namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>What others say about a report: its published schemas, and Microsoft's own checker of reports. Both run offline.</summary>
internal static class ReportTools
{
    // The schemas are Microsoft's and not ours to ship; a checkout alone does not have them.
    private static readonly string Schemas = Path.Combine(Path.GetDirectoryName(Repository.Root)!, "shared", "schemas", "powerbi", "fabric");

    /// <summary>A line for each fault.</summary>
    public static async Task<string> SchemaFaultsAsync(ReportFolder report)
    {
        Assert.SkipWhen(!Directory.Exists(Schemas), $"The published schemas of Power BI reports are not there: {Schemas}");
        return await RunAsync("report-schema.mjs", Path.GetDirectoryName(Schemas)!, string.Join('\n', report.Files));
    }

    /// <summary>Likewise of bookmarks and mobile layouts, where their schemas are there.</summary>
    public static async Task<string> LaterSchemaFaultsAsync(ReportFolder report)
    {
        var missing = ((string[])["bookmark", "bookmarksMetadata", "visualContainerMobileState"])
            .Where(kind => !Directory.Exists(Path.Combine(Schemas, "item", "report", "definition", kind))).ToList();
        Assert.SkipWhen(missing.Count > 0, $"The published schemas {string.Join(", ", missing)} are not there: {Schemas}");
        return await RunAsync("report-schema.mjs", Path.GetDirectoryName(Schemas)!, string.Join('\n', report.LaterFiles));
    }

    /// <summary>A line for each error or warning, then how many there are.</summary>
    public static Task<string> CheckerFaultsAsync(ReportFolder report) => RunAsync("report-check.mjs", report.Folder, "");

    private static async Task<string> RunAsync(string script, string argument, string input)
    {
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", script), await Oracles.FolderAsync(), argument],
            Repository.Root, input);
        Assert.True(code == 0, output);
        return output;
    }
}
