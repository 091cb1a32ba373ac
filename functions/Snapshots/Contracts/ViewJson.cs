using System.Text.Json;
using FriendCity.Kpis.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots.Contracts;

/// <summary>
/// The views of an office as a manifest tells them: <c>[{"name", "asOf", "scope", "scenarios", "baseline"}]</c>, days null where none is set.
/// </summary>
internal static class ViewJson
{
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<KpiPreset> views)
    {
        writer.WriteStartArray();
        foreach (var view in views)
        {
            writer.WriteStartObject();
            writer.WriteString("name", view.Name);
            writer.WriteString("asOf", view.AsOf is { } own ? Cells.Format(own) : null);
            writer.WriteString("scope", view.ScopeId);
            writer.WriteStartArray("scenarios");
            foreach (var scenario in view.Scenarios)
                writer.WriteStringValue(scenario);
            writer.WriteEndArray();
            writer.WriteString("baseline", view.Baseline is { } baseline ? Cells.Format(baseline) : null);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static IReadOnlyList<KpiPreset> Read(JToken views) =>
    [
        .. views.Select(view => new KpiPreset((string)view["name"]!, Day(view["asOf"]!), (string)view["scope"]!,
            [.. view["scenarios"]!.Select(scenario => (string)scenario!)], Day(view["baseline"]!))),
    ];

    private static DateOnly? Day(JToken day) => (string?)day is { } text ? Cells.ParseDay(text) : null;
}
