using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData.Model;

/// <param name="Kind">What the records call it: text, date, decimal and so on.</param>
/// <param name="Required">Never null.</param>
/// <param name="Codes">All values there can be; null when any.</param>
internal sealed record FeedProperty(string Name, string Kind, bool Required, Text Label, IReadOnlyList<string>? Codes,
    Action<Utf8JsonWriter, Record> Write)
{
    public JsonEncodedText Encoded { get; } = JsonEncodedText.Encode(Name);

    /// <summary>The name that filters and orders of the records know.</summary>
    public static string Member(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
