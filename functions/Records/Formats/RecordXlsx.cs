using System.Globalization;
using FriendCity.Messages;
using FriendCity.Records.Entries;
using FriendCity.Records.Formats.Xlsx;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>
/// Records as a workbook: a sheet of the records, and for each list of entries a sheet with a row for each entry, told by the record's id and
/// the entry's place. Rows go straight into the file, so a large list takes no more memory than a small one.
/// </summary>
internal static class RecordXlsx
{
    /// <exception cref="XlsxLimitException">Excel cannot hold it.</exception>
    public static void Write(Stream file, RecordTable table, IReadOnlyList<Record> records, XlsxLimits limits, CancellationToken cancellationToken)
    {
        using var workbook = new XlsxWriter(file, limits);
        var columns = table.Columns.Where(column => column.Entries is null).ToList();
        workbook.BeginSheet(SheetName(table.Type.Label, table.Type.Name, table.Language),
            [.. columns.Select(column => new XlsxColumn(table.Heading(column), column.Kind))]);
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            workbook.Row(record.Id, columns.Select(column => table.Cells.Of(column, record)));
        }

        foreach (var column in table.Columns)
            if (column.Field?.Entries is { } list && column.Entries is { } entry)
                WriteEntries(workbook, table, column.Field, list, table.EntryColumns(entry), records, cancellationToken);
        workbook.Finish();
    }

    /// <summary>The name of a sheet: what it holds, in so many characters and without those that Excel refuses.</summary>
    public static string SheetName(Text label, string name, Language? language)
    {
        var text = language is { } spoken ? label.In(spoken) : name;
        return string.Concat(text.Where(letter => !@"[]:*?/\'".Contains(letter, StringComparison.Ordinal)).Take(XlsxLimits.SheetName));
    }

    private static void WriteEntries(XlsxWriter workbook, RecordTable table, Field field, EntryList list,
        IReadOnlyList<(TableColumn Column, string Heading)> columns, IReadOnlyList<Record> records, CancellationToken cancellationToken)
    {
        workbook.BeginSheet(SheetName(field.Label, field.Name, table.Language),
            [.. columns.Select(each => new XlsxColumn(each.Heading, each.Column.Kind))]);
        foreach (var record in records)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (entry, place) in list.Of(record).Select((entry, at) => (entry, (at + 1).ToString(CultureInfo.InvariantCulture))))
                workbook.Row($"{record.Id}/{field.Name}/{place}", columns.Select(each => each.Column.Field is { } own
                    ? table.Cells.Of(own, entry, each.Column.IsCode)
                    : each.Column == TableColumn.Place ? new(place, CellKind.Number) : new(record.Id)));
        }
    }
}
