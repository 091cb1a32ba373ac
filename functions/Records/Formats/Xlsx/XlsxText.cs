using System.Globalization;
using System.Text.RegularExpressions;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>
/// Text as workbooks have it (ECMA-376 22.4.2.4): what XML cannot hold is <c>_xHHHH_</c>, and a text that says so itself has its first
/// underscore written so.
/// </summary>
internal static partial class XlsxText
{
    public static string Escape(string text) =>
        text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') < 0 && !text.Contains("_x", StringComparison.Ordinal) ? text
        : Unfit().Replace(text, match => match.ValueSpan[0] == '_'
            ? "_x005F_" : string.Create(CultureInfo.InvariantCulture, $"_x{(int)match.ValueSpan[0]:X4}_"));

    public static string Unescape(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escaped().Replace(text, match => ((char)int.Parse(match.ValueSpan[2..6], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    /// <summary>The underscore alone where an escape follows, since escapes may overlap.</summary>
    [GeneratedRegex("_(?=x[0-9A-Fa-f]{4}_)|[\uFFFE\uFFFF]", RegexOptions.None, 1000)]
    private static partial Regex Unfit();

    [GeneratedRegex("_x[0-9A-Fa-f]{4}_", RegexOptions.None, 1000)]
    private static partial Regex Escaped();
}
