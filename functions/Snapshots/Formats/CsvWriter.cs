using System.Globalization;
using System.Text;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>Writes a table as <see cref="CsvTable"/> describes it.</summary>
internal sealed class CsvWriter : TableWriter
{
    private const int Buffer = 64 * 1024;

    /// <summary>No date and no number in the invariant culture is longer.</summary>
    private const int MaxNumberLength = 64;

    private readonly StreamWriter _text;

    public CsvWriter(SnapshotTable table, Stream stream)
    {
        _text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Buffer, leaveOpen: true);
        _text.Write(string.Join(',', table.Columns.Select(column => column.Name)));
        _text.Write(CsvText.EndOfLine);
    }

    public override void Add(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            if (i > 0)
                _text.Write(',');
            Write(row[i]);
        }

        _text.Write(CsvText.EndOfLine);
    }

    public override void Finish() => _text.Flush();

    public override void Dispose() => _text.Dispose();

    private void Write(object? cell)
    {
        switch (cell)
        {
            case null:
                break;
            case string text:
                CsvText.Write(_text, text);
                break;
            case DateOnly date:
                Write(date, DateFieldType.Plain);
                break;
            case ISpanFormattable number:
                Write(number, default);
                break;
            default:
                _text.Write(Cells.Format(cell));
                break;
        }
    }

    private void Write(ISpanFormattable value, ReadOnlySpan<char> pattern)
    {
        Span<char> characters = stackalloc char[MaxNumberLength];
        if (!value.TryFormat(characters, out var length, pattern, CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"A number takes more than {MaxNumberLength} characters.");
        _text.Write(characters[..length]);
    }
}
