using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>The table in which the records of a list stand: their columns by what is selected, with headings in one language.</summary>
internal sealed class RecordTable
{
    private readonly bool _codes;
    private readonly TableHeadings _headings;

    /// <param name="language">Of headings and labels; null for the names of fields and codes.</param>
    /// <param name="codes">Whether the codes stand beside their labels.</param>
    public RecordTable(RecordType type, ListQuery query, Language? language, bool codes)
    {
        (Type, Language, _codes) = (type, language, codes);
        Cells = new(language);
        var all = TableColumn.Of(type).ToList();
        _headings = new(all);
        var selected = all.Where(column => column.Field is { } field ? query.Fields.Contains(field) : query.Shows(column.Name)).ToList();
        Columns = [.. selected.SelectMany(Beside)];
    }

    public RecordType Type { get; }

    public Language? Language { get; }

    public TableCells Cells { get; }

    /// <summary>Lists of entries among them.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    public string Heading(TableColumn column) => _headings.Of(column, Language);

    /// <summary>The columns of a list of entries in a table of its own, with their headings.</summary>
    public IReadOnlyList<(TableColumn Column, string Heading)> EntryColumns(ValueDomain.Entry entry)
    {
        var all = TableColumn.Of(entry).ToList();
        var headings = new TableHeadings(all);
        return [.. all.SelectMany(Beside).Select(column => (column, headings.Of(column, Language)))];
    }

    private TableColumn[] Beside(TableColumn column) =>
        _codes && Language is not null && column.HasCodes ? [column, column with { IsCode = true }] : [column];
}
