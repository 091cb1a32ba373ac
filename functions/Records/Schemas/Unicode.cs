using System.Globalization;
using System.Text;

namespace FriendCity.Records.Schemas;

internal static class Unicode
{
    /// <summary>True for text in which nothing is to be seen: blanks of every width, and characters that have none.</summary>
    public static bool IsBlank(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (!Rune.IsWhiteSpace(rune) && !IsInvisible(rune))
                return false;
        return true;
    }

    /// <summary>
    /// Characters that leave no mark: formats such as U+200B and the byte order mark, variation selectors, and letters that fill a place and
    /// show nothing.
    /// </summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (
            >= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    /// <summary>Index of the first character that text may not hold: controls other than tab and line feed, and lone surrogates.</summary>
    public static int? FirstUnfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\t' or '\n')))
                return i;
        }

        return null;
    }
}
