namespace FriendCity.Dev;

/// <summary>A server among our children: it writes to a log file and is not expected to end by itself.</summary>
internal sealed class Server(Folder folder, string name, Launch launch) : IAsyncDisposable
{
    private const int LogLines = 15;

    private readonly string log = launch.Log!;
    private readonly Tethered child = Tethered.Start(folder, launch);

    public Task<int> Exit => child.Exit;

    public string ReadLog() => File.Exists(log) ? File.ReadAllText(log) : "";

    public async Task BecomeReadyAsync(TimeSpan limit, Func<Task<bool>> isReady, CancellationToken stop)
    {
        var ready = await Poll.UntilAsync(limit, async () => Exit.IsCompleted || await isReady(), stop);
        if (Exit.IsCompleted) throw Ended();
        if (!ready) throw new Refusal($"The {name} is not ready after {limit.TotalSeconds:0} s.{Log()}");
    }

    public Refusal Ended() => new($"The {name} ended by itself with code {Exit.Result}.{Log()}");

    public ValueTask DisposeAsync() => child.DisposeAsync();

    private string Log()
    {
        var lines = ReadLog().TrimEnd().Split('\n').TakeLast(LogLines);
        return $" The end of {folder.Shown(log)}:\n{string.Join('\n', lines)}";
    }
}
