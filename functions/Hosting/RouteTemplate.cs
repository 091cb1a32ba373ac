using Microsoft.AspNetCore.Routing.Patterns;

namespace FriendCity.Hosting;

/// <summary>A parsed route, able to say whether some path would match it and another one too.</summary>
internal sealed class RouteTemplate
{
    private readonly RoutePattern _pattern;

    private RouteTemplate(RoutePattern pattern) => _pattern = pattern;

    public static RouteTemplate? TryParse(string text)
    {
        try
        {
            return new RouteTemplate(RoutePatternFactory.Parse(text));
        }
        catch (RoutePatternException)
        {
            return null;
        }
    }

    public RouteValue? Find(string name) =>
        _pattern.GetParameter(name) is { } part ? new RouteValue(part.Name, part.IsOptional || part.IsCatchAll) : null;

    public bool Overlaps(RouteTemplate other) => Overlap(_pattern.PathSegments, other._pattern.PathSegments, 0, 0);

    private static bool Overlap(
        IReadOnlyList<RoutePatternPathSegment> left, IReadOnlyList<RoutePatternPathSegment> right, int i, int j)
    {
        if (i == left.Count && j == right.Count)
            return true;
        if (IsCatchAll(left, i) || IsCatchAll(right, j))
            return true;
        if (CanBeAbsent(left, i) && Overlap(left, right, i + 1, j))
            return true;
        if (CanBeAbsent(right, j) && Overlap(left, right, i, j + 1))
            return true;
        return i < left.Count && j < right.Count && CanBeEqual(left[i], right[j]) && Overlap(left, right, i + 1, j + 1);
    }

    private static bool IsCatchAll(IReadOnlyList<RoutePatternPathSegment> segments, int at) =>
        at < segments.Count && segments[at].Parts.OfType<RoutePatternParameterPart>().Any(part => part.IsCatchAll);

    private static bool CanBeAbsent(IReadOnlyList<RoutePatternPathSegment> segments, int at) =>
        at < segments.Count && segments[at].Parts is [RoutePatternParameterPart part] && (part.IsOptional || part.Default is not null);

    // A segment with a parameter is taken to match any text, whatever its constraint or the literal beside it says: the two
    // routers need not agree on those, and a refused pair of routes is easily renamed.
    private static bool CanBeEqual(RoutePatternPathSegment left, RoutePatternPathSegment right) =>
        left.Parts is not [RoutePatternLiteralPart one]
        || right.Parts is not [RoutePatternLiteralPart two]
        || one.Content.Equals(two.Content, StringComparison.OrdinalIgnoreCase);
}

internal sealed record RouteValue(string Name, bool MayBeMissing);
