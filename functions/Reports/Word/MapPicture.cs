using FriendCity.Kpis.Facts;
using FriendCity.Messages;
using FriendCity.Registry;

namespace FriendCity.Reports.Word;

/// <summary>Where the ties are, as the dashboard's map shows them: arcs from the home city, a shape for each stage, no borders.</summary>
internal static class MapPicture
{
    public const int Width = 15600;
    public const int Height = 8600;
    private const int Margin = 1100;
    private const int LetterSize = 300;

    /// <summary>With more ties names would only cover each other; the table has them.</summary>
    private const int MaxNames = 60;

    // Colours as metafiles write them: blue, green, red.
    private const int Sea = 0xF8F9F8;
    private const int Ground = 0xDDE0DD;
    private const int Ink = 0x2E2212;
    private const int White = 0xFFFFFF;
    private const int Home = 0x3B55D2;
    private const int Friend = 0x633A0F;
    private const int Cooperation = 0xA47B27;
    private const int Intention = 0x0C6FB5;

    private static readonly int[] Gaps = [170, 300, 430];
    private static readonly (int X, int Y)[] Around = [(-25, 0), (25, 0), (0, -25), (0, 25)];

    /// <returns>Null where no place of a tie is known.</returns>
    public static byte[]? Draw(Briefing briefing, Language language, string font)
    {
        var ties = briefing.Ties.Where(tie => Place(tie.City) is not null).Reverse().ToList();
        if (briefing.Home is not { } home || Place(home) is not { } from || ties.Count == 0)
            return null;
        var view = new EqualAreaView([from, .. ties.Select(tie => Place(tie.City)!.Value)], Width, Height, Margin);
        using var picture = new EmfPicture(Width, Height);
        picture.Fill([[(0, 0), ((short)Width, 0), ((short)Width, (short)Height), (0, (short)Height)]], Sea);
        picture.Fill([.. Land.Rings.Select(view.Clip).Where(ring => ring.Count > 0)], Ground);
        foreach (var tie in ties)
            Arc(picture, view.Arc(from, Place(tie.City)!.Value), tie);
        var marks = new List<(int X, int Y)>();
        foreach (var tie in ties)
            marks.Add(Mark(picture, view.At(Place(tie.City)!.Value), tie.Stage.Stage));
        var (x, y) = view.At(from);
        picture.Disc((int)x, (int)y, 150, Home, White, 30);
        marks.Add(((int)x, (int)y));
        if (ties.Count <= MaxNames)
            Names(picture, [.. ties.Select(tie => tie.City).Append(home).Zip(marks).Reverse()], marks, language, font);
        return picture.ToArray();
    }

    private static (double Longitude, double Latitude)? Place(City city) =>
        city is { Longitude: { } longitude, Latitude: { } latitude } ? (longitude, latitude) : null;

    private static void Arc(EmfPicture picture, IReadOnlyList<(short X, short Y)> points, CityRelationship tie)
    {
        // A metafile's own dashes are thin lines only: the dashed line of an intention is every second piece of the arc.
        if (tie.IsIntention)
            for (var i = 0; i + 1 < points.Count; i += 2)
                picture.Line([points[i], points[i + 1]], 30, Intention);
        else if (tie.Stage.Stage == StageEvent.FriendCity)
            picture.Line(points, 50, Friend);
        else
            picture.Line(points, 30, Cooperation);
    }

    private static (int X, int Y) Mark(EmfPicture picture, (double X, double Y) place, string stage)
    {
        var (x, y) = ((int)place.X, (int)place.Y);
        switch (stage)
        {
            case StageEvent.FriendCity:
                picture.Disc(x, y, 120, Friend, Friend, 10);
                break;
            case StageEvent.FriendlyCooperation:
                picture.Disc(x, y, 105, White, Cooperation, 60);
                break;
            default:
                picture.Disc(x, y, 105, White, White, 10);
                const int Pieces = 9;
                for (var i = 0; i < Pieces; i++)
                    picture.Line([.. Enumerable.Range(0, 4).Select(step => Math.Tau * (i + (step * 0.2)) / Pieces)
                        .Select(angle => ((short)(x + (105 * Math.Cos(angle))), (short)(y + (105 * Math.Sin(angle)))))], 45, Intention);
                break;
        }

        return (x, y);
    }

    /// <summary>Each name where it covers least: right, left, above or below its mark, the home city's first.</summary>
    private static void Names(EmfPicture picture, IReadOnlyList<(City City, (int X, int Y) At)> places, List<(int X, int Y)> marks,
        Language language, string font)
    {
        var taken = marks.Select(mark => (Left: mark.X - 130, Top: mark.Y - 130, Right: mark.X + 130, Bottom: mark.Y + 130)).ToList();
        foreach (var (city, (x, y)) in places)
        {
            var name = language == Language.Chinese ? city.NameZh : city.NameEn;
            var wide = LetterWidths.Of(name, LetterSize);
            (int X, int Y)[] candidates =
            [
                .. Gaps.SelectMany(gap => new (int, int)[]
                {
                    (x + gap, y + 105), (x - gap - wide, y + 105), (x - (wide / 2), y - gap), (x - (wide / 2), y + gap + 220),
                    (x + (gap * 3 / 4), y - (gap * 3 / 4)), (x + (gap * 3 / 4), y + (gap * 3 / 4) + 200),
                    (x - (gap * 3 / 4) - wide, y - (gap * 3 / 4)), (x - (gap * 3 / 4) - wide, y + (gap * 3 / 4) + 200),
                }),
            ];
            var best = candidates.Select((at, order) => (At: at, Cost: Cost(at, wide, taken) + (order * 40))).MinBy(each => each.Cost).At;
            var box = Box(best, wide);
            taken.Add(box);
            // A halo of the paper's colour, so that a line behind does not strike the name through.
            foreach (var (dx, dy) in Around)
                picture.Text(best.X + dx, best.Y + dy, name, LetterSize, White, font);
            picture.Text(best.X, best.Y, name, LetterSize, Ink, font);
        }
    }

    private static (int Left, int Top, int Right, int Bottom) Box((int X, int Y) at, int wide) =>
        (at.X - 30, at.Y - (LetterSize * 9 / 10), at.X + wide + 30, at.Y + (LetterSize / 5));

    private static long Cost((int X, int Y) at, int wide, List<(int Left, int Top, int Right, int Bottom)> taken)
    {
        var box = Box(at, wide);
        var outside = box.Left < 100 || box.Top < 100 || box.Right > Width - 100 || box.Bottom > Height - 100 ? 10_000_000L : 0;
        return outside + taken.Sum(other => (long)Math.Max(0, Math.Min(box.Right, other.Right) - Math.Max(box.Left, other.Left))
            * Math.Max(0, Math.Min(box.Bottom, other.Bottom) - Math.Max(box.Top, other.Top)));
    }
}
