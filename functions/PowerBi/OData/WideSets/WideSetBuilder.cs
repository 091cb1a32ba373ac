using FriendCity.Records;

namespace FriendCity.PowerBi.OData.WideSets;

internal static class WideSetBuilder
{
    /// <summary>What stands in a row from another record is not set there.</summary>
    public static void ReadOnly<T, V>(T row, V value)
        where T : Record => throw new NotSupportedException("A joined value is read only.");
}
