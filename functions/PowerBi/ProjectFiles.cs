using System.IO.Compression;
using System.Text;
using FriendCity.Http;
using Microsoft.Net.Http.Headers;

namespace FriendCity.PowerBi;

/// <summary>How a model reads the snapshots: each by a connector of its own, since the Power BI service asks for a credential of every one.</summary>
internal enum ProjectSource
{
    /// <summary>As the project is kept.</summary>
    Http,
    Blob,
    DataLake,
}

/// <summary>The Power BI project, embedded in the program, as a zip whose parameters lead to this service or to its storage.</summary>
internal static class ProjectFiles
{
    private const string Prefix = "powerbi/";
    private const string Declaration = "expression ";
    private const string Parameters = "FriendCity.SemanticModel/definition/expressions.tmdl";
    private const string References = "FriendCity.SemanticModel/definition/model.tmdl";

    /// <summary>The first line of the parameters that is the same for every source; what stands before it reads over HTTP.</summary>
    private const string Common = "/// Language of names and labels";

    /// <summary>The same files give the same bytes: a zip knows no time zone, and this is no time of anything.</summary>
    private static readonly DateTimeOffset Stamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By their paths in the project, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(ProjectFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..].Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

    // Packing takes a while and anybody may ask; nearly all ask by the same address.
    private static volatile Packed? _last;

    private sealed record Packed(string Asked, byte[] Zip, EntityTagHeaderValue Tag);

    /// <param name="values">The parameters' names as they stand in the project, and what each is to say.</param>
    public static IResult Answer(ProjectSource source, IReadOnlyDictionary<string, string> values)
    {
        var asked = $"{source}\n{string.Join('\n', values)}";
        if (_last is not { } packed || packed.Asked != asked)
        {
            var zip = Zip(source, values);
            _last = packed = new Packed(asked, zip, new EntityTagHeaderValue(Preconditions.Tag(zip)));
        }

        return Results.Bytes(packed.Zip, "application/zip", "FriendCity.zip", entityTag: packed.Tag);
    }

    public static byte[] Zip(ProjectSource source, IReadOnlyDictionary<string, string> values)
    {
        var (own, common) = Expressions(source);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in Names)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = Stamp;
                using var stream = entry.Open();
                stream.Write(name switch
                {
                    Parameters => Encoding.UTF8.GetBytes(Fill(own + common, values)),
                    References => Encoding.UTF8.GetBytes(Refer(Text(Prefix + name), source)),
                    _ => Content(Prefix + name),
                });
            }

        return bytes.ToArray();
    }

    /// <summary>The parameters and functions that belong to a source, and those that are the same for all.</summary>
    private static (string Own, string Common) Expressions(ProjectSource source)
    {
        var text = Text(Prefix + Parameters);
        var at = text.IndexOf(Common, StringComparison.Ordinal);
        return (source == ProjectSource.Http ? text[..at] : Text($"powerbi-source/{source}"), text[at..]);
    }

    /// <summary>The model refers to what its source has in the place of what HTTP has.</summary>
    private static string Refer(string model, ProjectSource source) =>
        model.Replace(Referred(ProjectSource.Http), Referred(source), StringComparison.Ordinal);

    private static string Referred(ProjectSource source) => string.Concat(Expressions(source).Own.Split('\n')
        .Where(line => line.StartsWith(Declaration, StringComparison.Ordinal)).Select(line => $"ref {line.Split(" =")[0]}\n"));

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

    private static string Text(string resource) => Encoding.UTF8.GetString(Content(resource));

    private static byte[] Content(string resource)
    {
        var assembly = typeof(ProjectFiles).Assembly;
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? assembly.GetManifestResourceStream(Prefix + resource[Prefix.Length..].Replace('/', '\\'))!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
