using FriendCity.Tests.Support;

namespace FriendCity.Tests.Dev;

/// <summary>What the benchmarks find that is no matter of time.</summary>
[Trait("Set", "slow")]
public sealed class BenchTests
{
    [Fact]
    public async Task A_thousand_readers_cause_one_poll_at_a_time()
    {
        var lines = await BenchProgram.RunAsync("polls", "--rows", "1000");

        var polls = lines[0];
        Assert.Equal(("polls", "polls at a time, 1000 readers"), (polls.GetProperty("benchmark").GetString(), polls.GetProperty("figure").GetString()));
        Assert.Equal((1, true), (polls.GetProperty("ours").GetDouble(), polls.GetProperty("holds").GetBoolean()));
        // They share it: otherwise there would be one for each read.
        Assert.InRange(lines[1].GetProperty("ours").GetDouble(), 10, double.MaxValue);
    }

    [Fact]
    public async Task The_page_on_costs_says_what_is_counted_today()
    {
        var folder = Scratch.Folder("cost");
        try
        {
            var (page, prices) = (Path.Combine(folder, "cost.md"), Path.Combine(folder, "prices.json"));
            await File.WriteAllTextAsync(prices, """
                {"date": "2026-11-22", "source": "a test", "currency": "XTS", "per10000": {"tables": 0.25, "blobWrites": 1, "blobLists": 1, "blobReads": 0, "blobOthers": 0}}
                """, TestContext.Current.CancellationToken);
            var lines = await BenchProgram.RunAsync("cost", "--doc", page, "--prices", prices);

            var create = lines.Single(line => line.GetProperty("figure").GetString() == "10,000 × create, 2026-11-22");
            Assert.Equal((4 * 0.25, "XTS"), (create.GetProperty("ours").GetDouble(), create.GetProperty("unit").GetString()));
            Assert.True(
                await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken) == await File.ReadAllTextAsync(Repository.At("docs", "cost.md"), TestContext.Current.CancellationToken),
                $"Run `dotnet run dev.cs bench cost` and look at what changed. Now it says:\n{await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("dance")]
    [InlineData("--rows", "many")]
    [InlineData("cost", "--prices", "/dev/null")]
    public async Task What_benchmarks_do_not_understand_is_answered_by_code_2(params string[] words)
    {
        using var program = new Child("dotnet", ["exec", BenchProgram.Path, .. words]);
        Assert.Equal(2, await program.ExitAsync());
    }
}
