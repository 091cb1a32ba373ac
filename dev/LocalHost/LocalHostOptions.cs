namespace FriendCity.LocalHost;

/// <summary>What a host runs, and where.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The folder of the app: its build output or what a publish made, with host.json.</summary>
    public required string AppFolder { get; init; }

    /// <summary>The port people call; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Starts the worker that worker.config.json names. Otherwise one is expected to connect to <see cref="LocalFunctionsHost.GrpcAddress"/>.
    /// </summary>
    public bool StartWorker { get; init; } = true;

    /// <summary>
    /// Where a worker in this process really listens. Its own word cannot be taken: the address it advertises is a static of the HTTP
    /// extension, the same for every worker of a process, while each of them listens on a port of its own.
    /// </summary>
    public Task<Uri>? WorkerAddress { get; init; }

    /// <summary>The app's settings: what <c>%NAME%</c> in a schedule means, and the environment of a worker that is started.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Where timers keep their status. Without it no timer runs by itself.</summary>
    public string? Storage { get; init; }

    /// <summary>Hosts of one id share their timers' turns.</summary>
    public string HostId { get; init; } = "localhost";

    /// <summary>What timers go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long calls may go on when the host stops, and then the worker for its own end.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes each line of the host's and the worker's log.</summary>
    public Action<string> Output { get; init; } = Console.WriteLine;

    internal string? Setting(string name) =>
        Settings.FirstOrDefault(setting => string.Equals(setting.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    internal bool IsTrue(string setting) => bool.TryParse(Setting(setting), out var set) && set;
}
