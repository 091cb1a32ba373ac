using System.Globalization;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// The key of a row as one text: its parts joined by <c>:</c>. In a part <c>~</c> is <c>~0</c> and <c>:</c> is <c>~1</c>; null is nothing and
/// empty text is <c>~</c>, so that different keys are different texts. Numbers have ten digits, so that they keep their order.
/// </summary>
internal static class StarKey
{
    private const char Between = ':';

    public static string Join(IEnumerable<object?> parts) => string.Join(Between, parts.Select(Part));

    /// <summary>The parts of a key, as <see cref="Part"/> writes them.</summary>
    public static string[] Split(string id) => id.Split(Between);

    public static string Part(object? part) => part switch
    {
        null => "",
        "" => "~",
        long number => number.ToString("D10", CultureInfo.InvariantCulture),
        _ => Cells.Format(part).Replace("~", "~0", StringComparison.Ordinal).Replace(":", "~1", StringComparison.Ordinal),
    };
}
