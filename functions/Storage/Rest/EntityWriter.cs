using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace FriendCity.Storage.Rest;

/// <summary>Writes a row as the service's JSON; the types JSON does not have are named beside the value.</summary>
internal static class EntityWriter
{
    // Chinese stays Chinese: escaped, it would take twice the room in a transaction.
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(TableRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("PartitionKey", row.PartitionKey);
            json.WriteString("RowKey", row.RowKey);
            foreach (var (name, value) in row.Columns)
                Write(json, name, value);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            // A JSON number keeps 53 bits only.
            case long number:
                Typed(json, name, "Edm.Int64", number.ToString(CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteString(name + "@odata.type", "Edm.Double");
                json.WriteNumber(name, number);
                break;
            case double number:
                Typed(json, name, "Edm.Double", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case DateTimeOffset instant:
                Typed(json, name, "Edm.DateTime", Edm.Text(instant));
                break;
            case byte[] bytes:
                Typed(json, name, "Edm.Binary", Convert.ToBase64String(bytes));
                break;
            default:
                throw new ArgumentException($"Column {name} has a value of type {value.GetType().Name}, which no column can hold.", nameof(value));
        }
    }

    private static void Typed(Utf8JsonWriter json, string name, string type, string value)
    {
        json.WriteString(name + "@odata.type", type);
        json.WriteString(name, value);
    }
}
