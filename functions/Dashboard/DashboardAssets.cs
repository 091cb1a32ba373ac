using System.Collections.Frozen;
using System.Text;
using FriendCity.Http;
using FriendCity.Kpis.Model;

namespace FriendCity.Dashboard;

/// <summary>The page's files, embedded in the program, read once when first asked for.</summary>
internal static class DashboardAssets
{
    private const string Prefix = "dashboard/";
    private const string PageFile = "index.html";
    private const string ViewMark = "{{DefaultView}}";

    private static readonly Lazy<FrozenDictionary<string, byte[]>> Embedded = new(Read);

    private static readonly Lazy<FrozenDictionary<string, StaticFile>> Pages = new(() => KpiPreset.All
        .ToFrozenDictionary(view => view.Name, view => StaticFile.Of(PageFile, PageFor(view.Name)), StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, StaticFile>> Files = new(() => Embedded.Value
        .Where(file => file.Key != PageFile)
        .ToFrozenDictionary(file => file.Key, file => StaticFile.Of(file.Key, file.Value), StringComparer.Ordinal));

    /// <summary>The names under which the files are served, the page itself aside.</summary>
    public static IEnumerable<string> Names => Files.Value.Keys;

    /// <returns>Null when there is no such file. Names are looked up, never resolved, so no path can lead elsewhere.</returns>
    public static StaticFile? Find(string? path, string defaultView) =>
        string.IsNullOrEmpty(path) ? Pages.Value[defaultView] : Files.Value.GetValueOrDefault(path);

    private static byte[] PageFor(string view) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Embedded.Value[PageFile]).Replace(ViewMark, view, StringComparison.Ordinal));

    private static FrozenDictionary<string, byte[]> Read() => typeof(DashboardAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => StaticFile.Embedded(typeof(DashboardAssets).Assembly, name),
            StringComparer.Ordinal);
}
