using FriendCity.Records;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Support;

/// <summary>
/// A part of the sample in which every table of a snapshot has rows, and nothing is dated before 2018: a run asks storage for the same
/// things and takes a third of the time, most of which goes into a row for each day since the first date.
/// </summary>
internal static class SmallSample
{
    private const string First = "2018-01-01";

    /// <summary>Of these the first few; what refers to them goes.</summary>
    private static readonly string[] Few = ["activities", "projects", "relationships"];

    private static readonly string[] Gone = ["agreements", "directives", "source-conflicts"];

    private static readonly Lazy<string> Written = new(Write);
    private static readonly Lazy<Task<RegistrySnapshot>> Loaded = new(() => SampleRegistry.LoadAsync(Folder, (_, _) => true));

    /// <summary>In import form.</summary>
    public static string Folder => Written.Value;

    public static Task<RegistrySnapshot> LoadAsync() => Loaded.Value;

    private static string Write()
    {
        var folder = Scratch.Folder("small-sample");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.EnumerateFiles(Sample.Folder, "*.json").Where(file => !Gone.Contains(Path.GetFileNameWithoutExtension(file))))
        {
            var (type, all) = (Path.GetFileNameWithoutExtension(file), (JArray)Json.Parse(File.ReadAllText(file)));
            if (type == "countries")
                foreach (var statuses in all.Select(country => country["scoStatus"]).OfType<JArray>())
                    Begin(statuses);
            File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)),
                new JArray(all.Where(record => !Few.Contains(type) || IsYoung(record)).Take(Few.Contains(type) ? 3 : int.MaxValue)).ToString());
        }

        return folder;
    }

    private static void Begin(JArray statuses)
    {
        foreach (var status in statuses.ToList())
            if (status["validToExclusive"] is { } end && string.CompareOrdinal((string)end!, First) <= 0)
                status.Remove();
            else if (string.CompareOrdinal((string)status["validFrom"]!, First) < 0)
                status["validFrom"] = First;
    }

    private static bool IsYoung(JToken record) =>
        ((JObject)record).Descendants().OfType<JProperty>().Where(property => property.Name.EndsWith("date", StringComparison.OrdinalIgnoreCase))
            .All(property => string.CompareOrdinal((string?)property.Value, First) >= 0);
}
