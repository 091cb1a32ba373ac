using System.Globalization;
using FriendCity.Benchmarks.Instances;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Asks the service, in its real composition and a process of its own, how much is alive on its heap with all records loaded.</summary>
internal static class HeapProbe
{
    public static async Task<double> MiBAsync(string connectionString)
    {
        using var instance = OtherInstance.Start(connectionString);
        return long.Parse(await instance.AskAsync("heap"), NumberStyles.None, CultureInfo.InvariantCulture) / (1024.0 * 1024);
    }
}
