namespace FriendCity.Dev;

/// <summary>Chromium without its own windows, which cost more than the pages, for the tests of the dashboard; with a font for Chinese.</summary>
internal static class Browser
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";

    public static async Task InstallAsync(Folder folder, CancellationToken stop)
    {
        if (File.Exists(Chromium)) return;
        if (File.Exists("/usr/bin/apt-get") && Environment.UserName == "root")
            await Steps.RunAsync("browser", () => AptAsync(folder, stop));
        if (!File.Exists(Chromium))
            Console.WriteLine($"There is no {Chromium}: the browser tests will be skipped.");
    }

    private static async Task<string?> AptAsync(Folder folder, CancellationToken stop)
    {
        foreach (var command in new[] { "update -qq", "install -y -qq --no-install-recommends chromium-headless-shell fonts-noto-cjk" })
        {
            var apt = await Tethered.RunAsync(folder, Launch.Of("apt-get", command.Split(' ')) with
            {
                Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" },
            }, stop);
            if (apt.ExitCode != 0) return $"apt-get failed: {apt.LastLine}";
        }
        return null;
    }
}
