using System.Globalization;
using System.Text;

namespace FriendCity.Reports.Word;

/// <summary>
/// How wide letters are: a metafile says where each stands. Latin ones as Arial has them, in thousandths of the size; others are square.
/// </summary>
internal static class LetterWidths
{
    // From the space to the tilde.
    private static readonly short[] Latin =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static int Of(string text, int size) => text.Sum(letter => Of(letter, size));

    public static int Of(char letter, int size)
    {
        // A letter with an accent is as wide as without.
        var plain = char.IsSurrogate(letter) ? letter : letter.ToString().Normalize(NormalizationForm.FormD)[0];
        var thousandths = plain is >= ' ' and <= '~' ? Latin[plain - ' ']
            : CharUnicodeInfo.GetUnicodeCategory(plain) is UnicodeCategory.NonSpacingMark ? 0
            : char.IsSurrogate(plain) ? 500 : plain < 0x1100 ? 556 : 1000;
        return thousandths * size / 1000;
    }
}
