using System.Globalization;
using System.Text.Json;

namespace FriendCity.Storage.Rest;

/// <summary>Reads rows from the service's JSON.</summary>
internal static class EntityReader
{
    private const string TypeSuffix = "@odata.type";

    public static TableRow Row(ReadOnlyMemory<byte> body) => Read(body, Row);

    public static IReadOnlyList<TableRow> Page(ReadOnlyMemory<byte> body) =>
        Read(body, root => root.GetProperty("value").EnumerateArray().Select(Row).ToList());

    private static T Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T> read)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StorageException("Storage answered with rows that cannot be read.", e);
        }
    }

    private static TableRow Row(JsonElement entity)
    {
        string partitionKey = "", rowKey = "";
        string? etag = null;
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        var columns = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in entity.EnumerateObject().Where(p => p.Name.EndsWith(TypeSuffix, StringComparison.Ordinal)))
            types[property.Name[..^TypeSuffix.Length]] = property.Value.GetString() ?? "";
        foreach (var property in entity.EnumerateObject())
        {
            if (property.NameEquals("PartitionKey"))
                partitionKey = property.Value.GetString() ?? "";
            else if (property.NameEquals("RowKey"))
                rowKey = property.Value.GetString() ?? "";
            else if (property.NameEquals("odata.etag"))
                etag = property.Value.GetString();
            // A selected column that the row does not have comes as null.
            else if (IsColumn(property.Name) && property.Value.ValueKind != JsonValueKind.Null)
                columns[property.Name] = Value(property.Value, types.GetValueOrDefault(property.Name));
        }

        return new TableRow(partitionKey, rowKey, columns, etag);
    }

    // Metadata has a point or an at sign in its name, and no column does.
    private static bool IsColumn(string name) => name != "Timestamp" && !name.AsSpan().ContainsAny('.', '@');

    private static object Value(JsonElement value, string? type) => (type, value.ValueKind) switch
    {
        ("Edm.Int64", _) => long.Parse(value.GetString() ?? "", CultureInfo.InvariantCulture),
        ("Edm.DateTime", _) => Edm.Instant(value.GetString() ?? ""),
        ("Edm.Binary", _) => value.GetBytesFromBase64(),
        ("Edm.Double", JsonValueKind.String) => double.Parse(value.GetString() ?? "", CultureInfo.InvariantCulture),
        ("Edm.Double", _) => value.GetDouble(),
        (_, JsonValueKind.True) => true,
        (_, JsonValueKind.False) => false,
        // Without a type, a number with a point or an exponent is a double, any other a 32-bit integer.
        (_, JsonValueKind.Number) => value.GetRawText().AsSpan().ContainsAny(".eE") ? value.GetDouble() : value.GetInt64(),
        _ => value.GetString() ?? "",
    };
}
