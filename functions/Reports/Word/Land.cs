using System.Globalization;
using System.Text;
using FriendCity.Http;

namespace FriendCity.Reports.Word;

/// <summary>
/// The outline of the land that the dashboard's map has, embedded by the same build: a ring a line, tenths of a degree, each point but the first
/// as the difference from the one before.
/// </summary>
internal static class Land
{
    private static readonly Lazy<IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>>> Read = new(() =>
        [.. Encoding.UTF8.GetString(StaticFile.Embedded(typeof(Land).Assembly, "reports/land.txt"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Ring)]);

    public static IReadOnlyList<IReadOnlyList<(double Longitude, double Latitude)>> Rings => Read.Value;

    private static List<(double Longitude, double Latitude)> Ring(string line)
    {
        var numbers = line.Split(' ').Select(number => int.Parse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToList();
        var ring = new List<(double, double)>(numbers.Count / 2);
        var (x, y) = (0, 0);
        for (var i = 0; i < numbers.Count; i += 2)
        {
            (x, y) = (x + numbers[i], y + numbers[i + 1]);
            ring.Add((x / 10.0, y / 10.0));
        }

        return ring;
    }
}
