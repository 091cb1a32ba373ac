using System.Runtime.InteropServices;
using System.Runtime.Versioning;

[assembly: UnsupportedOSPlatform("windows")]

namespace FriendCity.Dev;

/// <summary>
/// Ctrl+C, SIGTERM, a closed terminal, or the end of the parent. The last matters because a `dotnet run` that is
/// killed by SIGKILL cannot tell us; we see it by being handed to another parent.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private static readonly TimeSpan ParentPoll = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource source = new();
    private readonly List<PosixSignalRegistration> registrations = [];

    public StopSignal()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT })
            registrations.Add(PosixSignalRegistration.Create(signal, Stop));
        if (!OperatingSystem.IsWindows())
            _ = WatchParentAsync();
    }

    public CancellationToken Token => source.Token;

    public void Dispose() => registrations.ForEach(registration => registration.Dispose());

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true; // the default would end this process before its children
        source.Cancel();
    }

    private async Task WatchParentAsync()
    {
        var parent = GetParentId();
        using var timer = new PeriodicTimer(ParentPoll);
        while (await timer.WaitForNextTickAsync())
        {
            if (GetParentId() == parent) continue;
            source.Cancel();
            return;
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParentId();
}
