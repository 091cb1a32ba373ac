using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.Records.Formats;

/// <summary>
/// The cells of records. A list of texts, codes or ids stands in one cell with semicolons between, or, where that could be read in another way,
/// as its JSON; a list of entries as its JSON.
/// </summary>
/// <param name="language">Of the codes' labels; null for the codes.</param>
internal sealed class TableCells(Language? language)
{
    /// <summary>What separates the items of a list, in either width.</summary>
    public static readonly char[] Separators = [';', '；'];

    public TableCell Of(TableColumn column, Record record) => column.Field is { } field ? Of(field, record, column.IsCode) : column.Name switch
    {
        SystemFields.Id => new(record.Id),
        SystemFields.Version => new(record.Version.ToString(CultureInfo.InvariantCulture), CellKind.Number),
        SystemFields.ChangedAt => new(ValueComparers.Instant.Key(record.ChangedAt)),
        SystemFields.Actor => new(record.Actor),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Name, "Records have no such column."),
    };

    /// <param name="codes">Codes, where their labels stand beside them.</param>
    public TableCell Of(Field field, Evidence source, bool codes)
    {
        if (field.Cell(source) is not { } text)
            return default;
        var spoken = codes ? null : language;
        return field.Domain switch
        {
            ValueDomain.Code code => new(CodeNames.Of(code.Codes).Shown(text, spoken)),
            ValueDomain.List { Item: not ValueDomain.Entry } list => new(ListOf(field, source, list.Item, spoken)),
            ValueDomain.List => new(Json.Text(writer => field.WriteValue(writer, source))),
            _ => new(text, TableColumn.KindOf(field.Domain)),
        };
    }

    private static string ListOf(Field field, Evidence source, ValueDomain item, Language? spoken)
    {
        var json = Json.Text(writer => field.WriteValue(writer, source));
        var items = JsonSerializer.Deserialize<string[]>(json)!;
        if (item is ValueDomain.Code { Codes: var codes })
            items = [.. items.Select(each => CodeNames.Of(codes).Shown(each, spoken))];
        return Array.Exists(items, IsUnclear) || items[0][0] == '[' ? json : string.Join("; ", items);
    }

    private static bool IsUnclear(string item) => item.IndexOfAny(Separators) >= 0 || item.Trim() != item;
}
