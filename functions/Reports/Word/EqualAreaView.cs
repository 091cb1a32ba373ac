namespace FriendCity.Reports.Word;

/// <summary>An equal-area picture (Lambert, azimuthal) of the region in which some places lie, in a frame.</summary>
internal sealed class EqualAreaView
{
    private const int ArcPoints = 32;

    private readonly double _longitude;
    private readonly double _latitude;
    private readonly double _scale;
    private readonly double _left;
    private readonly double _top;
    private readonly int _width;
    private readonly int _height;

    public EqualAreaView(IReadOnlyCollection<(double Longitude, double Latitude)> places, int width, int height, int margin)
    {
        (_width, _height) = (width, height);
        _longitude = Radians((places.Min(place => place.Longitude) + places.Max(place => place.Longitude)) / 2);
        _latitude = Radians((places.Min(place => place.Latitude) + places.Max(place => place.Latitude)) / 2);
        var flat = places.Select(Project).ToList();
        var (west, east, north, south) = (flat.Min(at => at.X), flat.Max(at => at.X), flat.Min(at => at.Y), flat.Max(at => at.Y));
        // A single place still has surroundings.
        _scale = Math.Min((width - (2 * margin)) / Math.Max(east - west, 0.05), (height - (2 * margin)) / Math.Max(south - north, 0.05));
        _left = (width / 2.0) - (_scale * (west + east) / 2);
        _top = (height / 2.0) - (_scale * (north + south) / 2);
    }

    public (double X, double Y) At((double Longitude, double Latitude) place)
    {
        var (x, y) = Project(place);
        return ((x * _scale) + _left, (y * _scale) + _top);
    }

    /// <summary>The part of a ring that lies in the frame; nothing where it lies outside.</summary>
    public IReadOnlyList<(short X, short Y)> Clip(IReadOnlyList<(double Longitude, double Latitude)> ring)
    {
        List<(double X, double Y)> points = [.. ring.Select(At)];
        points = Cut(points, at => at.X, 0);
        points = Cut(points, at => -at.X, -_width);
        points = Cut(points, at => at.Y, 0);
        points = Cut(points, at => -at.Y, -_height);
        return points.Count < 3 ? [] : [.. points.Select(at => ((short)Math.Round(at.X), (short)Math.Round(at.Y)))];
    }

    /// <summary>The shortest way over the globe.</summary>
    public IReadOnlyList<(short X, short Y)> Arc((double Longitude, double Latitude) from, (double Longitude, double Latitude) to)
    {
        var (a, b) = (Vector(from), Vector(to));
        var angle = Math.Acos(Math.Clamp((a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z), -1, 1));
        var points = new List<(short, short)>(ArcPoints + 1);
        for (var i = 0; i <= ArcPoints; i++)
        {
            var part = (double)i / ArcPoints;
            var (p, q) = angle < 1e-9 ? (1 - part, part) : (Math.Sin((1 - part) * angle) / Math.Sin(angle), Math.Sin(part * angle) / Math.Sin(angle));
            var (x, y, z) = ((p * a.X) + (q * b.X), (p * a.Y) + (q * b.Y), (p * a.Z) + (q * b.Z));
            var at = At((Degrees(Math.Atan2(y, x)), Degrees(Math.Asin(Math.Clamp(z, -1, 1)))));
            points.Add(((short)Math.Clamp(at.X, short.MinValue, short.MaxValue), (short)Math.Clamp(at.Y, short.MinValue, short.MaxValue)));
        }

        return points;
    }

    private static List<(double X, double Y)> Cut(List<(double X, double Y)> points, Func<(double X, double Y), double> along, double least)
    {
        var cut = new List<(double X, double Y)>(points.Count + 4);
        for (var i = 0; i < points.Count; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Count]);
            var (a, b) = (along(from) - least, along(to) - least);
            if (a >= 0)
                cut.Add(from);
            if (a >= 0 != b >= 0)
                cut.Add((from.X + ((to.X - from.X) * a / (a - b)), from.Y + ((to.Y - from.Y) * a / (a - b))));
        }

        return cut;
    }

    private (double X, double Y) Project((double Longitude, double Latitude) place)
    {
        var (l, p) = (Radians(place.Longitude) - _longitude, Radians(place.Latitude));
        var cosine = (Math.Sin(_latitude) * Math.Sin(p)) + (Math.Cos(_latitude) * Math.Cos(p) * Math.Cos(l));
        // The point on the other side of the globe is a whole circle: it is put on the rim.
        var k = Math.Sqrt(2 / Math.Max(1 + cosine, 1e-6));
        return (k * Math.Cos(p) * Math.Sin(l), -k * ((Math.Cos(_latitude) * Math.Sin(p)) - (Math.Sin(_latitude) * Math.Cos(p) * Math.Cos(l))));
    }

    private static (double X, double Y, double Z) Vector((double Longitude, double Latitude) place)
    {
        var (l, p) = (Radians(place.Longitude), Radians(place.Latitude));
        return (Math.Cos(p) * Math.Cos(l), Math.Cos(p) * Math.Sin(l), Math.Sin(p));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Degrees(double radians) => radians * 180 / Math.PI;
}
