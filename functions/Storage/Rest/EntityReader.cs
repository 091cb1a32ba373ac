using System.Globalization;
using System.Text.Json;

namespace FriendCity.Storage.Rest;

/// <summary>
/// Reads rows from the service's JSON in one pass, without a tree: a start reads every row there is. A column that is no text, flag or
/// small number has its type beside it, as <c>Version@odata.type</c>.
/// </summary>
internal static class EntityReader
{
    private const string TypeSuffix = "@odata.type";

    /// <summary>Most rows have no more columns.</summary>
    private const int Usual = 24;

    public static TableRow Row(ReadOnlySpan<byte> body) => Read(body, (ref reader) =>
    {
        reader.Read();
        return Row(ref reader, Usual);
    });

    /// <summary>The rows of the member <c>value</c>; whatever else the answer says is passed over.</summary>
    /// <param name="columns">How many columns were asked for; null for all.</param>
    public static IReadOnlyList<TableRow> Page(ReadOnlySpan<byte> body, int? columns) => Read(body, (ref reader) =>
    {
        List<TableRow>? rows = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isValue)
            {
                reader.Skip();
                continue;
            }

            rows = [];
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new FormatException("The rows are no array.");
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                rows.Add(Row(ref reader, columns ?? Usual));
        }

        return rows ?? throw new FormatException("There are no rows.");
    });

    private delegate T Reading<T>(ref Utf8JsonReader reader);

    private static T Read<T>(ReadOnlySpan<byte> body, Reading<T> read)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return read(ref reader);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new StorageException("Storage answered with rows that cannot be read.", e);
        }
    }

    private static TableRow Row(ref Utf8JsonReader reader, int most)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new FormatException("A row is no object.");

        string partitionKey = "", rowKey = "";
        string? etag = null;
        Dictionary<string, string>? types = null;
        var columns = new Dictionary<string, object>(most, StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = ColumnNames.Of(ref reader);
            reader.Read();
            if (name == "PartitionKey")
                partitionKey = reader.GetString() ?? "";
            else if (name == "RowKey")
                rowKey = reader.GetString() ?? "";
            else if (name == "odata.etag")
                etag = reader.GetString();
            else if (name.EndsWith(TypeSuffix, StringComparison.Ordinal))
                (types ??= [])[ColumnNames.Typed(name)] = reader.GetString() ?? "";
            // A selected column that the row does not have comes as null.
            else if (reader.TokenType != JsonTokenType.Null && IsColumn(name))
                columns[name] = Value(ref reader);
            else
                reader.Skip();
        }

        // The service names a type before or after the value; neither is promised.
        foreach (var (name, type) in types ?? [])
            if (columns.TryGetValue(name, out var value))
                columns[name] = Typed(value, type);
        return new TableRow(partitionKey, rowKey, columns, etag);
    }

    // Metadata has a point or an at sign in its name, and no column does.
    private static bool IsColumn(string name) => name != "Timestamp" && !name.AsSpan().ContainsAny('.', '@');

    /// <summary>Without a type, a number with a point or an exponent is a double, any other a 32-bit integer.</summary>
    private static object Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number when reader.ValueSpan.IndexOfAny(".eE"u8) >= 0 => reader.GetDouble(),
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.String => reader.GetString()!,
        _ => throw new FormatException("A column holds neither text, number nor flag."),
    };

    private static object Typed(object value, string type) => (type, value) switch
    {
        ("Edm.Int64", string text) => long.Parse(text, CultureInfo.InvariantCulture),
        ("Edm.DateTime", string text) => Edm.Instant(text),
        ("Edm.Binary", string text) => Convert.FromBase64String(text),
        ("Edm.Double", string text) => double.Parse(text, CultureInfo.InvariantCulture),
        ("Edm.Double", long number) => (double)number,
        _ => value,
    };
}
