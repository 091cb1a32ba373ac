using System.Text.Json;
using FriendCity.Kpis.Model;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Support;

/// <summary>The sample data in import form.</summary>
internal static class Sample
{
    public static string Folder { get; } = Repository.At("samples", "sco");

    /// <summary>The settings that belong to the sample, as <c>up</c> gives them to the service.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.At("samples", "sco.settings.json")))!;

    /// <summary>The sample's views.</summary>
    public static KpiPresets Views { get; } = new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Views", (string?)Settings["Views"])]).Build().Views();

    public static KpiPreset Article => Views.Find("article")!;
}
