using System.Globalization;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.RecordsApi;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Kpis.Api;

/// <summary>
/// A record behind a figure on the wire: which version of it, which of its fields counted and what stood in them, and where to read it whole.
/// </summary>
internal static class RowJson
{
    /// <summary>Writes the members of an object that the caller has begun.</summary>
    public static void Write(Utf8JsonWriter writer, HttpRequest request, RecordTypes types, FigureRow row, DateTimeOffset? knownAt)
    {
        Identity(writer, types, row);
        Version(writer, types, row);
        writer.WriteString("href", Address(request, row, knownAt));
    }

    /// <summary>Which record it is, with its name or title in both languages; null where records of its type have none.</summary>
    public static void Identity(Utf8JsonWriter writer, RecordTypes types, FigureRow row)
    {
        writer.WriteString("type", row.Type);
        writer.WriteString("id", row.Record.Id);
        var (en, zh) = types.Find(row.Type)!.NameOf(row.Record);
        writer.WriteString("nameEn", en);
        writer.WriteString("nameZh", zh);
    }

    /// <summary>Where the record can be read, as it was known then.</summary>
    public static string Address(HttpRequest request, FigureRow row, DateTimeOffset? knownAt) =>
        PublicAddress.Of(request,
            $"/api/v1/{row.Type}/{row.Record.Id}{(knownAt is null ? "" : $"?{KnownAt.Name}={Instants.Format(knownAt.Value)}")}");

    /// <summary>What may differ between two moments.</summary>
    public static void Version(Utf8JsonWriter writer, RecordTypes types, FigureRow row)
    {
        writer.WriteNumber("version", row.Record.Version);
        writer.WriteString("source", row.Source);
        writer.WriteNumber("amount", row.Amount);
        writer.WriteStartObject("fields");
        var record = RecordJson.Fields(types.Find(row.Type)!, row.Record);
        foreach (var place in row.Fields.Distinct())
        {
            writer.WritePropertyName(place);
            writer.WriteRawValue((At(record, place) ?? JValue.CreateNull()).ToString(Formatting.None));
        }

        writer.WriteEndObject();
    }

    /// <summary>What stands at a place such as <c>stages/2/date</c>; null where nothing does.</summary>
    private static JToken? At(JToken record, string place)
    {
        JToken? at = record;
        foreach (var part in place.Split('/'))
            at = at switch
            {
                JObject members => members[part],
                JArray entries when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < entries.Count =>
                    entries[index],
                _ => null,
            };
        return at;
    }
}
