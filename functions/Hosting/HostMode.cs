using System.Globalization;

namespace FriendCity.Hosting;

/// <summary>Who is in front of us: the Functions host, which gives a port and calls the timers, or nobody.</summary>
internal sealed record HostMode(bool IsCustomHandler, int Port)
{
    public const string HandlerPortSetting = "FUNCTIONS_CUSTOMHANDLER_PORT";
    public const string PortSetting = "port";
    private const int DefaultPort = 7071;

    /// <summary>Port 0 means any free port, which Kestrel only gives for an address, not for a name.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://{(IsCustomHandler || Port == 0 ? "127.0.0.1" : "localhost")}:{Port}");

    public static HostMode From(IConfiguration configuration) =>
        ReadPort(configuration, HandlerPortSetting) is { } given
            ? new HostMode(true, given)
            : new HostMode(false, ReadPort(configuration, PortSetting) ?? DefaultPort);

    private static int? ReadPort(IConfiguration configuration, string setting)
    {
        if (configuration[setting] is not { Length: > 0 } text)
            return null;
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? port
            : throw new StartUpException($"The setting '{setting}' must be a number from 0 to 65535, not '{text}'.");
    }
}
