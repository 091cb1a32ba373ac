using System.Globalization;
using System.Text;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Formats.Reading;

/// <summary>
/// Makes of cells what the API reads: labels become codes, days and numbers their JSON. What is no value of the field stays as it is, so that the
/// API's own reader refuses it.
/// </summary>
/// <param name="is1904">Whether the workbook counts its days from 1904.</param>
internal sealed class CellReader(bool is1904 = false)
{
    private static readonly string[] Days = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy'年'M'月'd'日'"];

    private static readonly Dictionary<string, bool> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["true"] = true,
        ["yes"] = true,
        ["是"] = true,
        ["false"] = false,
        ["no"] = false,
        ["否"] = false,
    };

    /// <exception cref="JsonFault">The cell should hold JSON, and does not.</exception>
    public JToken Read(ValueDomain? domain, SourceCell cell) => cell.Text is not { } text ? JValue.CreateNull() : domain switch
    {
        ValueDomain.Integer or ValueDomain.Ratio or ValueDomain.Money => Number(cell.Kind == SourceKind.Number ? Shortest(text) : text.Trim()),
        ValueDomain.Date => Day(text, cell.Kind),
        ValueDomain.Flag => Flags.TryGetValue(text.Trim(), out var flag) ? new JValue(flag) : new JValue(text),
        ValueDomain.Code code => Code(code.Codes, text),
        ValueDomain.List { Item: var item } => List(item, text),
        _ => new JValue(cell.Kind == SourceKind.Number ? Shortest(text) : text),
    };

    private static JValue Code(CodeList codes, string text) => new(CodeNames.Of(codes).Find(text) ?? text);

    private static JToken Number(string text) => !Numeral.TryParse(text, out _) ? new JValue(text)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? new JValue(whole) : new JRaw(text);

    /// <summary>Spreadsheets write a number with all digits of its double: what was typed are the fewest that tell it apart.</summary>
    private static string Shortest(string text) =>
        !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value.ToString("R", CultureInfo.InvariantCulture) : text;

    private JValue Day(string text, SourceKind kind)
    {
        if (kind == SourceKind.Number)
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var serial) && serial == Math.Floor(serial)
                && XlsxDays.Day(serial, is1904) is { } counted ? Iso(counted) : new JValue(text);
        return DateOnly.TryParseExact(text.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Iso(day) : new JValue(text);
    }

    private static JValue Iso(DateOnly day) => new(day.ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture));

    private static JToken List(ValueDomain item, string text)
    {
        if (text.AsSpan().TrimStart() is not ['[', ..])
            return item is ValueDomain.Entry ? new JValue(text)
                : new JArray(text.Split(TableCells.Separators, StringSplitOptions.TrimEntries).Select(each => Item(item, new JValue(each))));
        var list = JsonText.Read(Encoding.UTF8.GetBytes(text));
        return list is JArray items && item is not ValueDomain.Entry ? new JArray(items.Select(each => Item(item, each))) : list;
    }

    private static JToken Item(ValueDomain item, JToken token) =>
        item is ValueDomain.Code code && Json.TextOf(token) is { } text ? Code(code.Codes, text) : token;
}
