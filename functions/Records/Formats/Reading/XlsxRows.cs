using System.Xml;
using FriendCity.Messages;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Formats.Reading;

/// <summary>The records of a workbook, as exports write it: a sheet of records, and sheets of the entries of their lists.</summary>
internal sealed class XlsxRows
{
    private readonly RecordType _type;
    private readonly XlsxReader _book;
    private readonly CellReader _cells;
    private readonly FilePlaces _places;
    private readonly string _sheet;
    private readonly TableHead _head;
    private readonly int _first;
    private readonly Dictionary<string, Dictionary<string, List<SheetEntry>>> _lists = new(StringComparer.Ordinal);

    private XlsxRows(RecordType type, XlsxReader book)
    {
        (_type, _book, _cells) = (type, book, new(book.Is1904));
        var lists = new List<(Field Field, string Sheet)>();
        var others = new List<string>();
        foreach (var sheet in book.Sheets)
            if (type.Members.FirstOrDefault(field => field.Entries is not null && IsNamed(sheet, field.Label, field.Name)) is { } list)
                lists.Add((list, sheet));
            else if (sheet != XlsxTemplate.CodeSheet)
                others.Add(sheet);
        _sheet = others.Find(sheet => IsNamed(sheet, type.Label, type.Name)) ?? others.FirstOrDefault()
            ?? throw Whole("no_sheet", "The workbook has no sheet of records.", "工作簿中没有记录工作表。");
        var faults = new List<RowFault>();
        foreach (var stranger in others.Where(sheet => sheet != _sheet && book.Rows(sheet).Any()))
            faults.Add(RowFault.Of(0, "unknown_sheet", new($"The sheet '{stranger}' is no list of these records.", $"工作表“{stranger}”不是该类记录的列表。"),
                sheet: stranger));
        if (faults.Count > 0)
            throw new SourceException(faults);
        (_head, _first) = Head(_sheet, TableColumn.Of(type));
        _places = new(_sheet, _head.Headings);
        foreach (var (field, sheet) in lists)
            ReadList(field, sheet);
    }

    /// <exception cref="SourceException">The file as a whole is at fault; also while rows are read.</exception>
    public static RowSource Read(RecordType type, Stream file)
    {
        file.Position = 0;
        var rows = Guarded(() => new XlsxRows(type, new XlsxReader(file)));
        return new(rows.Records(), rows._places);
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is InvalidDataException or XmlException or EndOfStreamException)
        {
            throw Whole("malformed_xlsx", $"This is no workbook (.xlsx) that can be read: {fault.Message}", $"无法作为工作簿（.xlsx）读取：{fault.Message}");
        }
    }

    private IEnumerable<SourceRow> Records()
    {
        using var book = _book;
        using var rows = book.Rows(_sheet).GetEnumerator();
        while (Guarded(rows.MoveNext))
        {
            if (rows.Current.Number <= _first)
                continue;
            var faults = new List<RowFault>();
            var json = _head.Read(rows.Current.Number, rows.Current.Cells, faults);
            var entries = Json.TextOf(json[SystemFields.Id]) is { } id ? Entries(id, json, faults) : null;
            yield return new(rows.Current.Number, json, faults, entries);
        }

        var strangers = _lists.SelectMany(list => list.Value.Values.Select(each => each[0])).ToList();
        if (strangers.Count > 0)
            throw new SourceException([.. strangers.Select(each => RowFault.Of(each.Row, "missing_record", new(
                "The sheet of records has no row of that id.", $"记录工作表中没有该编号的行。"), TableColumn.RecordId.Label.En, each.Id, each.Sheet))]);
    }

    /// <summary>Takes the record's entries off the lists: what is left in the end belongs to nobody.</summary>
    private Dictionary<string, int[]>? Entries(string id, JObject json, List<RowFault> faults)
    {
        Dictionary<string, int[]>? places = null;
        foreach (var (list, all) in _lists)
        {
            if (!all.Remove(id, out var own))
                own = [];
            // Places may have gaps, where a person took a row out; rows without one stand behind the others.
            own = [.. own.OrderBy(entry => entry.Place ?? long.MaxValue)];
            json[list] = new JArray(own.Select(entry => entry.Json));
            (places ??= new(StringComparer.Ordinal))[list] = [.. own.Select(entry => entry.Row)];
            foreach (var entry in own)
                faults.AddRange(entry.Faults);
            var twice = own.Where(entry => entry.Place is not null).GroupBy(entry => entry.Place).SelectMany(alike => alike.Skip(1));
            faults.AddRange(twice.Select(entry =>
                RowFault.Of(entry.Row, "duplicate", new($"The list has two entries at place {entry.Place}.", $"列表中有两项序号为 {entry.Place}。"),
                    null, null, entry.Sheet)));
        }

        return places;
    }

    private void ReadList(Field field, string sheet)
    {
        var entry = (ValueDomain.Entry)((ValueDomain.List)field.Domain).Item;
        var (head, first) = Head(sheet, TableColumn.Of(entry));
        _places.AddList(field.Name, sheet, head.Headings);
        var lists = _lists[field.Name] = new(StringComparer.Ordinal);
        foreach (var (row, cells) in _book.Rows(sheet).Where(each => each.Number > first))
        {
            var faults = new List<RowFault>();
            var json = head.Read(row, cells, faults);
            if (json.TryGetValue(TableColumn.RecordId.Name, out var owner) && Json.TextOf(owner) is { } id)
            {
                var place = json.TryGetValue(TableColumn.Place.Name, out var at) && at.Type == JTokenType.Integer ? (long?)at : null;
                if (place is null && at is { Type: not JTokenType.Null })
                    faults.Add(RowFault.Of(row, "wrong_type", new("Expected a whole number.", "应为整数。"), null, Json.Shown(at), sheet));
                json.Remove(TableColumn.RecordId.Name);
                json.Remove(TableColumn.Place.Name);
                if (!lists.TryGetValue(id, out var own))
                    lists.Add(id, own = []);
                own.Add(new(id, row, sheet, place, json, faults));
            }
            else
                throw new SourceException(RowFault.Of(row, "required", new("An entry needs the id of its record.", "列表项须填写记录编号。"), sheet: sheet));
        }
    }

    /// <summary>The headings stand in the first row that holds something.</summary>
    private (TableHead Head, int Row) Head(string sheet, IEnumerable<TableColumn> columns) => _book.Rows(sheet).Take(1).ToList() switch
    {
        [var (number, cells)] => (new TableHead(cells, new TableHeadings(columns), _cells, number, sheet), number),
        _ => throw new SourceException(RowFault.Of(1, "no_headings", new($"The sheet '{sheet}' is empty.", $"工作表“{sheet}”为空。"), sheet: sheet)),
    };

    private static bool IsNamed(string sheet, Text label, string name) => new Language?[] { null, Language.English, Language.Chinese }
        .Any(language => Folding.Fold(RecordXlsx.SheetName(label, name, language)) == Folding.Fold(sheet.Trim()));

    private static SourceException Whole(string rule, string en, string zh) => new(RowFault.Of(0, rule, new(en, zh)));

    private sealed record SheetEntry(string Id, int Row, string Sheet, long? Place, JObject Json, List<RowFault> Faults);
}
