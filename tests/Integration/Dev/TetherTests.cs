using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

public sealed class TetherTests : IDisposable
{
    // Prints its own id and that of a grandchild, then goes on for ever.
    private const string Forever = "sleep 300 & echo pids $$ $!; wait";

    private readonly string temporary = Directory.CreateTempSubdirectory("friendcity-tether-").FullName;

    private static string Script => Repository.At("dev", "tether.mjs");

    [Fact(Timeout = 60_000)]
    public async Task A_command_and_its_grandchild_end_when_the_input_closes()
    {
        using var tether = Tether("sh", "-c", Forever);
        var ids = await IdsAsync(tether);
        Assert.All(ids, id => Assert.True(Unix.IsRunning(id)));

        tether.CloseInput();

        await tether.ExitAsync();
        Assert.All(ids, id => Assert.False(Unix.IsRunning(id)));
    }

    [Fact(Timeout = 60_000)]
    public async Task They_end_when_the_starter_is_killed()
    {
        using var starter = new Child("node", ["-e", Starter()]);
        var ids = await IdsAsync(starter);

        starter.Kill();

        await AssertEndedAsync(ids);
    }

    [Fact(Timeout = 60_000)]
    public async Task They_end_when_the_starters_whole_group_is_killed()
    {
        const string InItsOwnGroup = "const s = require('child_process').spawn('node', ['-e', process.argv[1]], { stdio: ['ignore', 'inherit', "
            + "'inherit'], "
            + "detached: true }); console.log('group ' + s.pid);";
        using var launcher = new Child("node", ["-e", InItsOwnGroup, Starter()]);
        var group = (await launcher.LineAsync(line => line.StartsWith("group ", StringComparison.Ordinal))).Split(' ')[1];
        var ids = await IdsAsync(launcher);

        Unix.Signal("KILL", "-" + group);

        await AssertEndedAsync(ids);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_may_finish_what_it_does_when_told_to_end()
    {
        using var tether = Tether("sh", "-c", "trap 'echo saved; exit 3' TERM; echo pids $$; while :; do sleep 0.05; done");
        await IdsAsync(tether);

        tether.CloseInput();

        Assert.Equal(3, await tether.ExitAsync());
        Assert.Contains("saved", tether.Lines);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_that_ignores_the_signal_is_killed_after_the_grace_time()
    {
        using var tether = new Child("node", [Script, "--grace", "0.2", "--", "sh", "-c",
            "trap '' TERM; echo pids $$; while :; do sleep 0.05; done"]);
        var ids = await IdsAsync(tether);

        tether.CloseInput();

        Assert.Equal(128 + 9, await tether.ExitAsync());
        Assert.All(ids, id => Assert.False(Unix.IsRunning(id)));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_command_leaves_behind_ends_with_it()
    {
        using var tether = Tether("sh", "-c", "sleep 300 & echo pids $!; exit 5");
        var ids = await IdsAsync(tether);

        Assert.Equal(5, await tether.ExitAsync());
        Assert.All(ids, id => Assert.False(Unix.IsRunning(id)));
    }

    [Fact(Timeout = 60_000)]
    public async Task Ctrl_C_is_left_to_the_starter()
    {
        using var tether = Tether("sh", "-c", Forever);
        var ids = await IdsAsync(tether);

        tether.Signal("INT");
        tether.Signal("TERM");
        using var later = Tether("true"); // a whole tether's life is time enough for a signal to arrive
        Assert.Equal(0, await later.ExitAsync());

        Assert.All(ids, id => Assert.True(Unix.IsRunning(id)));
        tether.CloseInput();
        await tether.ExitAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Output_goes_to_the_log_and_the_process_id_lies_beside_it_while_the_command_runs()
    {
        var (log, pid) = (Path.Combine(temporary, "log"), Path.Combine(temporary, "pid"));
        using var tether = new Child("node", [Script, "--log", log, "--pid", pid, "--", "sh", "-c", "echo $$; exec sleep 300"]);
        await Unix.EventuallyAsync(() => File.Exists(log) && File.Exists(pid) && File.ReadAllText(log) == File.ReadAllText(pid),
            TimeSpan.FromSeconds(30));

        var id = await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken);
        Assert.Equal(await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), id);
        Assert.True(Unix.IsRunning(id.Trim()));
        tether.CloseInput();
        await tether.ExitAsync();
        Assert.False(File.Exists(pid));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_command_that_does_not_exist_is_an_exit_code()
    {
        using var tether = Tether("no-such-command");

        Assert.Equal(127, await tether.ExitAsync());
    }

    public void Dispose() => Directory.Delete(temporary, recursive: true);

    private static Child Tether(params string[] command) => new("node", [Script, "--", .. command]);

    /// <summary>A script that starts a tethered command and then waits for ever, as dev.cs does.</summary>
    private static string Starter() =>
        $"require('child_process').spawn('node', ['{Script}', '--', 'sh', '-c', '{Forever}'], {{ stdio: ['pipe', 'inherit', 'inherit'] }})";

    private static async Task<string[]> IdsAsync(Child child) =>
        (await child.LineAsync(line => line.StartsWith("pids ", StringComparison.Ordinal))).Split(' ')[1..];

    private static async Task AssertEndedAsync(string[] ids)
    {
        await Unix.EventuallyAsync(() => !ids.Any(Unix.IsRunning), TimeSpan.FromSeconds(30));
        Assert.All(ids, id => Assert.False(Unix.IsRunning(id)));
    }
}
