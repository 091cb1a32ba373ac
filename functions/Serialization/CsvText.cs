using System.Buffers;

namespace FriendCity.Serialization;

/// <summary>
/// Cells of CSV that spreadsheets and Power BI read alike: CRLF, RFC 4180. Null is an empty cell and an empty text is <c>""</c>; a text that a
/// spreadsheet could take for a formula gets one <c>'</c> in front, and reading takes exactly one away.
/// </summary>
internal static class CsvText
{
    public const string EndOfLine = "\r\n";
    public const string Guarded = "=+-@＝＋－＠\t\r\n'";

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void Write(TextWriter writer, string text) =>
        Write(writer, text, text.Length > 0 && Guarded.Contains(text[0], StringComparison.Ordinal) ? "'" : "");

    /// <summary>A cell that was read, with whatever stands in front of it.</summary>
    public static void WriteAsIs(TextWriter writer, string cell) => Write(writer, cell, "");

    public static string Unguarded(string cell) => cell.StartsWith('\'') ? cell[1..] : cell;

    private static void Write(TextWriter writer, string text, string guard)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAny(Quoted) < 0)
        {
            writer.Write(guard);
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(guard);
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
