using System.Text;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

internal static class FaultCases
{
    public static Fault Of(string name) => name switch
    {
        nameof(Fault.Answer) => new Fault.Answer(500),
        nameof(Fault.Reset) => new Fault.Reset(),
        nameof(Fault.DropAnswer) => new Fault.DropAnswer(),
        nameof(Fault.HalfBody) => new Fault.HalfBody(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The transaction of a record, not the one of its entry: both go to the same address.</summary>
    public static bool IsCommit(ProxiedRequest request) =>
        request.Path.Contains("$batch", StringComparison.Ordinal) && Encoding.UTF8.GetString(request.Body).Contains("\"h:", StringComparison.Ordinal);
}
