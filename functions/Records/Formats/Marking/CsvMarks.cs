using System.Text;
using FriendCity.Records.Formats.Reading;
using FriendCity.Serialization;

namespace FriendCity.Records.Formats.Marking;

/// <summary>A CSV file as it was sent, with a column in front that says what is wrong with which row: to be mended and sent again as it is.</summary>
internal static class CsvMarks
{
    /// <param name="file">One that can be read to its end.</param>
    public static void Write(Stream file, Stream output, IEnumerable<RowFault> faults)
    {
        file.Position = 0;
        var byRow = faults.ToLookup(fault => fault.Row);
        using var source = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true)
        {
            NewLine = CsvText.EndOfLine,
        };
        var reader = new CsvReader(source, anyEnd: true);
        // What an earlier import said is out of date.
        var old = -1;
        for (var row = 1; reader.Line() is { } cells; row++)
        {
            if (row == 1)
                old = cells.ToList().IndexOf(TableHead.Errors);
            var said = row == 1 ? TableHead.Errors : RowMarks.Text([.. byRow[row]]);
            if (said.Length > 0)
                CsvText.Write(text, said);
            for (var i = 0; i < cells.Count; i++)
            {
                if (i == old)
                    continue;
                text.Write(',');
                if (cells[i] is { } cell)
                    CsvText.WriteAsIs(text, cell);
            }

            text.WriteLine();
        }
    }
}
