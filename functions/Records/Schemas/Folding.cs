using System.Buffers;
using System.Text;

namespace FriendCity.Records.Schemas;

/// <summary>
/// Text as it is compared whatever way it was typed: Unicode's caseless matching over compatibility forms (toNFKC_Casefold of UAX 31), so that
/// case, composed and decomposed letters, full and half width, ligatures and invisible characters make no difference. The Turkish İ is an i,
/// with or without the dot that full folding leaves behind it.
/// </summary>
internal static class Folding
{
    private const char DotAbove = '\u0307';

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Concat(Enumerable.Range(0x4E00, 0x9FFF - 0x4E00 + 1)).Select(code => (char)code)]);

    /// <summary>
    /// True for ASCII and common Chinese, in which case is all that folds: most names, and none of them has to be copied to be compared.
    /// </summary>
    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyExcept(Plain) < 0;

    public static string Fold(string text)
    {
        if (IsPlain(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        // Decomposed, every letter that folds into several (ß and ẞ apart) has come apart already, and simple folding does the rest.
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
            if (rune.Value is 'ß' or 'ẞ')
                folded.Append("ss");
            else if (!Unicode.IsInvisible(rune) && !(rune.Value == DotAbove && folded.Length > 0 && folded[^1] == 'i'))
                folded.Append(Simple(rune));
        return folded.ToString().Normalize(NormalizationForm.FormKC);
    }

    /// <summary>Over upper case, which joins what lower case keeps apart, such as σ and ς; dotless ı is a letter of its own.</summary>
    private static Rune Simple(Rune rune) => rune.Value == 'ı' ? rune : Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    /// <summary>Halves of surrogate pairs and noncharacters have no normal form: the library would throw.</summary>
    private static string Whole(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => IsNoncharacter(rune.Value) ? Rune.ReplacementChar : rune));

    private static bool IsNoncharacter(int code) => (code & 0xFFFE) == 0xFFFE || code is >= 0xFDD0 and <= 0xFDEF;
}
