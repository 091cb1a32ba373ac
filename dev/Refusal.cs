namespace FriendCity.Dev;

/// <summary>A sentence for the developer, after which the command ends.</summary>
internal sealed class Refusal(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}

internal static class ExitCode
{
    public const int Failed = 1;

    /// <summary>Nothing was started: the command line, the port or the folder must change first.</summary>
    public const int Usage = 2;

    /// <summary>What shells report after Ctrl+C.</summary>
    public const int Interrupted = 130;
}
