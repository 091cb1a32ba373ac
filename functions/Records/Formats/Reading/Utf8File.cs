using System.Globalization;
using System.Text;

namespace FriendCity.Records.Formats.Reading;

/// <summary>Files of text are UTF-8, with or without a byte order mark; others are refused with the place of the first byte that is none.</summary>
internal static class Utf8File
{
    private const int Chunk = 64 * 1024;

    /// <exception cref="SourceException">It is not UTF-8.</exception>
    public static void Check(Stream file)
    {
        file.Position = 0;
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, characters) = (new byte[Chunk], new char[Chunk + 8]);
        var (line, column) = (1, 1);
        for (int read; ;)
        {
            read = file.Read(bytes);
            var used = 0;
            try
            {
                used = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: read == 0);
            }
            catch (DecoderFallbackException fault)
            {
                Count(new UTF8Encoding(false).GetChars(bytes, 0, Math.Max(0, fault.Index)), ref line, ref column);
                throw new SourceException(RowFault.Of(line, "not_utf8", new(
                    $"Line {Number(line)}, character {Number(column)} is not UTF-8. Save the file as CSV UTF-8.",
                    $"第 {Number(line)} 行第 {Number(column)} 个字符不是 UTF-8 编码，请另存为“CSV UTF-8”。")));
            }

            Count(characters.AsSpan(0, used), ref line, ref column);
            if (read == 0)
                break;
        }

        file.Position = 0;
    }

    private static void Count(ReadOnlySpan<char> text, ref int line, ref int column)
    {
        line += text.Count('\n');
        var last = text.LastIndexOf('\n');
        column = last < 0 ? column + text.Length : text.Length - last;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
