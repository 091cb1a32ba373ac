using System.Globalization;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// The key of a row as one text: its parts joined by <c>:</c>. In a part <c>~</c> is <c>~0</c> and <c>:</c> is <c>~1</c>; null is nothing and
/// empty text is <c>~</c>, so that different keys are different texts. Numbers have ten digits, so that they keep their order.
/// </summary>
internal static class StarKey
{
    public static string Join(IEnumerable<object?> parts) => string.Join(':', parts.Select(Part));

    private static string Part(object? part) => part switch
    {
        null => "",
        "" => "~",
        long number => number.ToString("D10", CultureInfo.InvariantCulture),
        _ => Cells.Format(part).Replace("~", "~0", StringComparison.Ordinal).Replace(":", "~1", StringComparison.Ordinal),
    };
}
