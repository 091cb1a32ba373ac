using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Formats.Reading;

/// <summary>The headings of a table, and how its rows become records or entries.</summary>
internal sealed class TableHead
{
    /// <summary>The heading under which a file that was refused says what is wrong with its rows; import passes over it.</summary>
    public const string Errors = "Errors 问题";

    /// <summary>Written by the registry alone: a file that was exported has them, and nothing follows from them.</summary>
    private static readonly string[] PassedOver = [SystemFields.ChangedAt, SystemFields.Actor];

    private readonly string? _sheet;
    private readonly CellReader _reader;
    private readonly TableColumn?[] _columns;
    private readonly string?[] _texts;

    /// <summary>Where an earlier import said what is wrong; -1 where it did not.</summary>
    private readonly int _errors;

    /// <exception cref="SourceException">A heading is none, or stands there twice.</exception>
    public TableHead(IReadOnlyList<SourceCell> cells, TableHeadings headings, CellReader reader, int row = 1, string? sheet = null)
    {
        (_sheet, _reader) = (sheet, reader);
        _texts = [.. cells.Select(cell => string.IsNullOrWhiteSpace(cell.Text) ? null : cell.Text)];
        _errors = Array.IndexOf(_texts, Errors);
        _columns = [.. _texts.Select(text => text is null ? null : headings.Find(text))];
        var faults = new List<RowFault>();
        for (var i = 0; i < _columns.Length; i++)
            if (_texts[i] is { } text && _columns[i] is null && i != _errors)
                faults.Add(RowFault.Of(row, "unknown_heading", new($"'{text}' is no field of these records, or could be several.",
                    $"“{text}”不是该类记录的字段，或可能指多个字段。"), text, null, sheet));
            else if (_columns[i] is { } column && Array.IndexOf(_columns, column) < i)
                faults.Add(RowFault.Of(row, "duplicate", new("There are two columns of this field.", "该字段出现了两列。"), _texts[i], null, sheet));
        if (Array.TrueForAll(_columns, column => column is null))
            faults.Add(RowFault.Of(row, "no_headings", new("The first row has to name the fields.", "首行应为字段名称。"), null, null, sheet));
        if (faults.Count > 0)
            throw new SourceException(faults);
    }

    /// <summary>The headings by the names of their fields.</summary>
    public IReadOnlyDictionary<string, string> Headings =>
        _columns.Select((column, i) => (column, text: _texts[i])).Where(each => each.column is not null)
            .DistinctBy(each => each.column!.Name).ToDictionary(each => each.column!.Name, each => each.text!, StringComparer.Ordinal);

    /// <summary>The members of a row, those that it empties as null.</summary>
    public JObject Read(int row, IReadOnlyList<SourceCell> cells, List<RowFault> faults)
    {
        var json = new JObject();
        for (var i = 0; i < cells.Count; i++)
        {
            if (i >= _columns.Length || _columns[i] is not { } column)
            {
                if (cells[i].Text is { } stray && i != _errors)
                    faults.Add(RowFault.Of(row, "no_heading", new("This cell stands under no heading.", "该单元格没有对应的表头。"), null,
                        FilePlaces.Shown(stray), _sheet));
                continue;
            }

            if (Token(row, i, column, cells[i], faults) is { } token && !PassedOver.Contains(column.Name))
                Put(json, row, i, column, token, faults);
        }

        // Rows may end early: what is not there is empty.
        for (var i = cells.Count; i < _columns.Length; i++)
            if (_columns[i] is { } column && !PassedOver.Contains(column.Name))
                json.TryAdd(column.Name, JValue.CreateNull());
        return json;
    }

    private JToken? Token(int row, int at, TableColumn column, SourceCell cell, List<RowFault> faults)
    {
        Text reason;
        try
        {
            if (cell.Kind != SourceKind.Error)
                return _reader.Read(column.Field?.Domain ?? Domain(column), cell);
            reason = new("The formula has no value, or its value is a fault.", "公式没有结果，或结果为错误值。");
        }
        catch (JsonFault fault)
        {
            reason = fault.Reason;
        }

        faults.Add(RowFault.Of(row, cell.Kind == SourceKind.Error ? "error_cell" : "malformed_json", reason, _texts[at],
            FilePlaces.Shown(cell.Text), _sheet));
        return null;
    }

    /// <summary>The label and the code of one field must say the same.</summary>
    private void Put(JObject json, int row, int at, TableColumn column, JToken token, List<RowFault> faults)
    {
        if (!json.TryGetValue(column.Name, out var known) || known.Type == JTokenType.Null)
            json[column.Name] = token;
        else if (token.Type != JTokenType.Null && !JToken.DeepEquals(known, token))
            faults.Add(RowFault.Of(row, "contradiction", new($"The column beside it says {Json.Shown(known)}.", $"旁边一列为 {Json.Shown(known)}。"),
                _texts[at], Json.Shown(token), _sheet));
    }

    private static ValueDomain.Integer? Domain(TableColumn column) =>
        column == TableColumn.Place || column.Name == SystemFields.Version ? new ValueDomain.Integer(1, long.MaxValue) : null;
}
