using System.IO.Compression;
using System.Text;
using FriendCity.Http;
using Microsoft.Net.Http.Headers;

namespace FriendCity.PowerBi;

/// <summary>The Power BI project, embedded in the program, as a zip whose parameters lead to this service.</summary>
internal static class ProjectFiles
{
    private const string Prefix = "powerbi/";
    private const string Parameters = "FriendCity.SemanticModel/definition/expressions.tmdl";

    /// <summary>The same files give the same bytes: a zip knows no time zone, and this is no time of anything.</summary>
    private static readonly DateTimeOffset Stamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By their paths in the project, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(ProjectFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..].Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    // Packing takes a while and anybody may ask; nearly all ask by the same address.
    private static volatile Packed? _last;

    private sealed record Packed(string Values, byte[] Zip, EntityTagHeaderValue Tag);

    /// <param name="values">The parameters' names as they stand in the project, and what each is to say.</param>
    public static IResult Answer(IReadOnlyDictionary<string, string> values)
    {
        var asked = string.Join('\n', values);
        if (_last is not { } packed || packed.Values != asked)
        {
            var zip = Zip(values);
            _last = packed = new Packed(asked, zip, new EntityTagHeaderValue(Preconditions.Tag(zip)));
        }

        return Results.Bytes(packed.Zip, "application/zip", "FriendCity.zip", entityTag: packed.Tag);
    }

    public static byte[] Zip(IReadOnlyDictionary<string, string> values)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in Names)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = Stamp;
                var content = Content(name);
                using var stream = entry.Open();
                stream.Write(name == Parameters ? Encoding.UTF8.GetBytes(Fill(Encoding.UTF8.GetString(content), values)) : content);
            }

        return bytes.ToArray();
    }

    /// <summary>Gives each parameter its value; one that the project does not have is a fault of the project, which a test finds.</summary>
    private static string Fill(string text, IReadOnlyDictionary<string, string> values)
    {
        var lines = text.Split('\n');
        foreach (var (name, value) in values)
        {
            var head = $"expression {name} = \"";
            var at = Array.FindIndex(lines, line => line.StartsWith(head, StringComparison.Ordinal));
            var end = at < 0 ? -1 : lines[at].IndexOf("\" meta [", head.Length, StringComparison.Ordinal);
            if (end < 0)
                throw new InvalidOperationException($"The Power BI project has no parameter {name}.");
            lines[at] = $"{head}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}{lines[at][end..]}";
        }

        return string.Join('\n', lines);
    }

    private static byte[] Content(string name)
    {
        var assembly = typeof(ProjectFiles).Assembly;
        using var stream = assembly.GetManifestResourceStream(Prefix + name) ?? assembly.GetManifestResourceStream(Prefix + name.Replace('/', '\\'))!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
