using System.IO.Pipelines;
using System.Text;
using FriendCity.Serialization;

namespace FriendCity.Records.Formats;

/// <summary>Records as CSV: UTF-8 with a byte order mark, a row at a time.</summary>
internal static class RecordCsv
{
    private const int FlushAt = 16 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(PipeWriter output, RecordTable table, IEnumerable<Record> records, CancellationToken cancellationToken)
    {
        await using var rows = new StringWriter { NewLine = CsvText.EndOfLine };
        await output.WriteAsync(Utf8.GetPreamble(), cancellationToken);
        Separated(table.Columns, column => CsvText.Write(rows, table.Heading(column)));
        foreach (var record in records)
        {
            Separated(table.Columns, column => Write(rows, table.Cells.Of(column, record)));
            if (rows.GetStringBuilder().Length >= FlushAt)
                await FlushAsync();
        }

        await FlushAsync();

        void Separated(IReadOnlyList<TableColumn> columns, Action<TableColumn> write)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0)
                    rows.Write(',');
                write(columns[i]);
            }

            rows.WriteLine();
        }

        async Task FlushAsync()
        {
            Utf8.GetBytes(rows.ToString(), output);
            rows.GetStringBuilder().Clear();
            await output.FlushAsync(cancellationToken);
        }
    }

    private static void Write(StringWriter rows, TableCell cell)
    {
        if (cell.Text is null)
            return;
        if (cell.Kind == CellKind.Text)
            CsvText.Write(rows, cell.Text);
        else
            rows.Write(cell.Text);
    }
}
