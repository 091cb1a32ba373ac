using FriendCity.Messages;

namespace FriendCity.Reports.Word;

/// <summary>
/// Sizes in half points, lengths in twentieths of a point. Chinese is set as GB/T 9704—2012 asks of official documents: A4 with a type area of 156 by
/// 225 mm, 22 lines of 28 characters; the title 2号小标宋, the text 3号仿宋, headings 3号黑体, page numbers 4号 between dashes at the outer edge.
/// English is a plain page.
/// </summary>
/// <param name="Pitch">From line to line in the text; null is as the font asks.</param>
/// <param name="Indent">Of a paragraph's first line, in hundredths of a character.</param>
internal sealed record Layout(string Title, string Head, string Body, string Number, int TitleSize, int BodySize, int SmallSize, int? Pitch,
    int? SmallPitch, int Indent, int Top, int Bottom, int Left, int Right)
{
    private const double Millimetre = 1440 / 25.4;

    private static readonly Layout Chinese = new("方正小标宋简体", "黑体", "仿宋", "宋体", 44, 32, 24, 580, 400, 200,
        Twips(37), Twips(35), Twips(28), Twips(26));

    private static readonly Layout English = new("Calibri", "Calibri", "Calibri", "Calibri", 40, 23, 20, null, null, 0,
        Twips(25), Twips(25), Twips(27), Twips(27));

    /// <summary>Fonts by the name documents ask for, with those to take where it is not installed.</summary>
    public static IReadOnlyList<(string Name, string Others, bool Han)> Fonts { get; } =
    [
        ("方正小标宋简体", "FZXiaoBiaoSong-B05S,方正小标宋_GBK,小标宋体,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC", true),
        ("黑体", "SimHei,华文黑体,STHeiti,Noto Sans CJK SC", true),
        ("仿宋", "FangSong,仿宋_GB2312,FangSong_GB2312,华文仿宋,STFangsong,Noto Serif CJK SC", true),
        ("宋体", "SimSun,华文宋体,STSong,Noto Serif CJK SC", true),
        ("Calibri", "Carlito,Arial,Liberation Sans,DejaVu Sans", false),
    ];

    public static Layout Of(Language language) => language == Language.Chinese ? Chinese : English;

    public static int Twips(double millimetres) => (int)Math.Round(millimetres * Millimetre);
}
