using System.Diagnostics;

/// <summary>
/// Runs in a worker before its own first line (DOTNET_STARTUP_HOOKS): a worker does not notice that its host is gone, so it is tied to
/// the host by its input, which ends when the host does, however that happens.
/// </summary>
#pragma warning disable MA0047, CA1050, RCS1110 // The runtime looks for this very name, outside any namespace.
internal static class StartupHook
#pragma warning restore MA0047, CA1050, RCS1110
{
    public static void Initialize()
    {
        // Not for what the worker itself starts.
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        new Thread(Watch) { IsBackground = true, Name = "Host" }.Start();
    }

    private static void Watch()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
