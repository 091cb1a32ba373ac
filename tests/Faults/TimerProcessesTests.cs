using System.Text.Json;
using FriendCity.Hosting;
using FriendCity.Tests.Hosting;
using FriendCity.Tests.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Two processes with the same timers over one storage account.</summary>
public sealed class TimerProcessesTests(Azurite azurite)
{
    private const int Rounds = 20;
    private static readonly DateTime Start = new(2026, 12, 25, 17, 50, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Two_processes_whose_clocks_disagree_make_one_run_of_each_instant_between_them()
    {
        var account = await azurite.ConnectionStringAsync(azurite.NewAccount());
        FakeClock[] clocks = [new(new DateTimeOffset(Start)), new(new DateTimeOffset(Start))];
        await using var one = await StartAsync(clocks[0], account);
        await using var other = await StartAsync(clocks[1], account);
        TimerProcess[] processes = [one, other];
        foreach (var clock in clocks)
            await clock.UntilWaitingAsync();

        // Over the end of the year. In turn both wake at once, the first ten minutes early, the second ten minutes early.
        var runs = new List<TimerInfo>();
        for (var round = 0; round < Rounds; round++)
        {
            var due = Start.AddMinutes(10).AddDays(round);
            TimeSpan[] lag = [TimeSpan.FromMinutes(round % 3 == 2 ? -10 : 0), TimeSpan.FromMinutes(round % 3 == 1 ? -10 : 0)];
            await Task.WhenAll(Enumerable.Range(0, 2).Select(n => Task.Run(() => TimerProcess.Set(clocks[n], due + lag[n]))));
            await SettleAsync(due + TimeSpan.FromMinutes(10), () => processes.Sum(process => process.Calls.Waiting) > 0 && processes.All(process => Heard(process) == round + 1));
            foreach (var process in processes.Where(process => process.Calls.Waiting > 0))
                runs.Add(await process.Calls.NextAsync());
        }

        Assert.Equal(Enumerable.Range(0, Rounds).Select(round => Start.AddMinutes(10).AddDays(round)), runs.Select(run => run.ScheduleStatus!.Next));
        Assert.Equal(Rounds, processes.Sum(process => process.Said("Skipped: another process ran the timer Scheduled for")));
        Assert.All(processes, process => Assert.Equal(0, process.Calls.Waiting));
        Assert.Equal(Start.AddMinutes(10).AddDays(Rounds - 1), (await TimerProcess.StatusAsync(StorageClients.Blobs(account), "Scheduled"))!.Value.GetProperty("last").GetDateTime());

        static int Heard(TimerProcess process) => process.Said("The timer Scheduled runs") + process.Said("Skipped: another process ran the timer Scheduled for");

        async Task SettleAsync(DateTime limit, Func<bool> holds)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(120));
            while (!holds())
            {
                await Task.Delay(5, deadline.Token);
                foreach (var clock in clocks.Where(clock => clock.GetUtcNow().UtcDateTime < limit))
                    clock.Advance(TimeSpan.FromSeconds(5));
            }
        }
    }

    [Theory]
    [InlineData("Z")]
    [InlineData("NIGHTLY_Snapshot-2")]
    [InlineData("a--__")]
    [InlineData("L", 128)]
    public async Task Any_name_a_function_may_have_keeps_a_status(string name, int length = 0)
    {
        var blobs = StorageClients.Blobs(await azurite.ConnectionStringAsync());
        var book = new BlobTimerBook(blobs, name.PadRight(length, 'x'), TimeProvider.System, new LogCapture().CreateLogger(""));
        var first = new TimerStatus(null, Start.AddTicks(1), Start.AddTicks(-1));
        Assert.Equal(first, await book.ReadAsync(first, default));
        var second = new TimerStatus(Start.AddTicks(1), null, Start.AddTicks(1));
        await using (var turn = await book.TakeAsync(default))
        {
            Assert.Null(await book.TakeAsync(default));
            Assert.True(await turn!.RecordAsync(first with { Last = Start }));
            Assert.True(await turn.RecordAsync(second));
        }

        Assert.Equal(second, await book.ReadAsync(first, default));
        await using var again = await book.TakeAsync(default);
        Assert.Equal(second, again?.Status);
    }

    [Fact]
    public async Task A_record_whose_answer_is_lost_is_known_to_be_ours_when_the_repeated_try_is_refused()
    {
        await using var proxy = await azurite.ProxyAsync();
        var book = new BlobTimerBook(StorageClients.Blobs(proxy.ConnectionString), $"t{Guid.NewGuid():N}", TimeProvider.System, new LogCapture().CreateLogger(""));
        var first = new TimerStatus(null, Start, Start);
        await book.ReadAsync(first, default);
        await using var turn = await book.TakeAsync(default);
        proxy.On(request => request.Verb == "PUT" && request.Path.EndsWith("/status", StringComparison.Ordinal), new Fault.DropAnswer());
        Assert.True(await turn!.RecordAsync(first with { Last = Start }));
        Assert.True(await turn.RecordAsync(first with { Last = Start.AddDays(1) }));
        // The first status, the record, its repetition, the second record.
        Assert.Equal(4, proxy.Requests.Count(request => request.Verb == "PUT" && request.Path.EndsWith("/status", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task The_program_started_twice_runs_its_night_once_an_instant()
    {
        var account = await azurite.ConnectionStringAsync(azurite.NewAccount());
        (string, string)[] settings = [("AzureWebJobsStorage", account), ("NightlySchedule", "* * * * * *")];
        await using var one = ProgramUnderTest.Start(["--port", "0"], settings);
        await using var other = ProgramUnderTest.Start(["--port", "0"], settings);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (Runs().Distinct().Count() < Rounds)
            await Task.Delay(100, deadline.Token);
        await one.KillAsync();
        await other.KillAsync();
        Assert.Equal(Runs().Distinct(), Runs());

        List<string> Runs() => [.. one.Output.Concat(other.Output).Where(line => line.Contains("NightlySnapshot runs", StringComparison.Ordinal))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("State").GetProperty("Due").GetString()!)];
    }

    private static Task<TimerProcess> StartAsync(FakeClock clock, string account) =>
        TimerProcess.StartAsync(clock, StorageClients.Blobs(account), typeof(TimerFunctions.Scheduled), "0 0 18 * * *");
}
