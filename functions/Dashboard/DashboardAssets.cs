using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using FriendCity.Http;
using FriendCity.Kpis.Model;

namespace FriendCity.Dashboard;

/// <summary>The page's files, embedded in the program, scripts and styles compressed already; read once when first asked for.</summary>
internal static class DashboardAssets
{
    private const string Prefix = "dashboard/";
    private const string PageFile = "index.html";
    private const string Compressed = ".gz";
    private const string ViewMark = "{{DefaultView}}";
    private const string ViewsMark = "{{Views}}";
    private const string OfficeMark = "{{ContactOffice}}";
    private const string MailMark = "{{ContactMail}}";
    private const string TelephoneMark = "{{ContactTelephone}}";

    private static readonly Lazy<FrozenDictionary<string, byte[]>> Embedded = new(Read);

    private static readonly ConcurrentDictionary<(KpiPresets Views, KeyContact Contact), StaticFile> Pages = new();

    private static readonly Lazy<FrozenDictionary<string, StaticFile>> Files = new(() => Embedded.Value
        .Where(file => file.Key != PageFile)
        .Select(file => file.Key.EndsWith(Compressed, StringComparison.Ordinal)
            ? (Name: file.Key[..^Compressed.Length], Content: file.Value, IsCompressed: true)
            : (Name: file.Key, Content: file.Value, IsCompressed: false))
        .ToFrozenDictionary(file => file.Name, file => StaticFile.Of(file.Name, file.Content, file.IsCompressed), StringComparer.Ordinal));

    /// <summary>The names under which the files are served, the page itself aside.</summary>
    public static IEnumerable<string> Names => Files.Value.Keys;

    /// <returns>Null when there is no such file. Names are looked up, never resolved, so no path can lead elsewhere.</returns>
    public static StaticFile? Find(string? path, KpiPresets views, KeyContact? contact = null) => string.IsNullOrEmpty(path)
        ? Pages.GetOrAdd((views, contact ?? KeyContact.None), page => StaticFile.Of(PageFile, PageFor(page.Views, page.Contact)))
        : Files.Value.GetValueOrDefault(path);

    private static byte[] PageFor(KpiPresets views, KeyContact contact) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Embedded.Value[PageFile])
        .Replace(ViewMark, views.Standard.Name, StringComparison.Ordinal)
        .Replace(ViewsMark, string.Join("\n      ", views.Names.OrderBy(name => name != KpiPresets.NowName).Select(Button)), StringComparison.Ordinal)
        .Replace(OfficeMark, HtmlPage.Encoder.Encode(contact.Office), StringComparison.Ordinal)
        .Replace(MailMark, HtmlPage.Encoder.Encode(contact.Mail), StringComparison.Ordinal)
        .Replace(TelephoneMark, HtmlPage.Encoder.Encode(contact.Telephone), StringComparison.Ordinal));

    // Names are ids: nothing in them has to be escaped.
    private static string Button(string view) => $"<button type=\"button\" data-view=\"{view}\"></button>";

    private static FrozenDictionary<string, byte[]> Read() => typeof(DashboardAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..].Replace('\\', '/'), name => StaticFile.Embedded(typeof(DashboardAssets).Assembly, name),
            StringComparer.Ordinal);
}
