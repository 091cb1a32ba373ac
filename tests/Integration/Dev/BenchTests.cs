using System.Text.Json;
using System.Xml.Linq;
using Azure;
using Azure.Data.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

/// <summary>What the benchmarks find that is no matter of time.</summary>
[Trait("Set", "slow")]
public sealed class BenchTests
{
    [Fact]
    public async Task A_thousand_readers_cause_one_poll_at_a_time()
    {
        var lines = await BenchProgram.RunAsync("polls", "--rows", "1000");

        var polls = lines[0];
        Assert.Equal(("polls", "polls at a time, 1000 readers"),
            (polls.GetProperty("benchmark").GetString(), polls.GetProperty("figure").GetString()));
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
            var lines = await BenchProgram.RunAsync("cost", "--docs", folder, "--prices", prices);

            var create = lines.Single(line => line.GetProperty("figure").GetString() == "10,000 × create, 2026-11-22");
            Assert.Equal((4 * 0.25, "XTS"), (create.GetProperty("ours").GetDouble(), create.GetProperty("unit").GetString()));
            Assert.True(
                await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken) == await File.ReadAllTextAsync(
                    Repository.At("docs", "cost.md"), TestContext.Current.CancellationToken),
                $"Run `dotnet run dev.cs bench cost` and look at what changed. Now it "
                    + $"says:\n{await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact, Trait("Set", "long")]
    public async Task Every_serving_figure_stands_beside_an_empty_function_of_the_same_host()
    {
        string[] served = ["latency", "point", "list", "page-all", "odata"];
        var lines = await BenchProgram.RunAsync([.. served, "code", "night", "--rows", "1000", "--rounds", "1", "--milliseconds", "40"]);

        Assert.Equal("latency", lines[0].GetProperty("benchmark").GetString());
        var latency = Of("latency").Select(line => line.GetProperty("figure").GetString()!).ToList();
        Assert.All(["record", "list of 50", "record, stale-ok", "figure", "page call"], what =>
            Assert.All(["1 connection", "4 connections", "16 connections", "64 connections", "128 connections"], many =>
                Assert.All([", p50", ", p99", ""], measure => Assert.Contains($"{what}, {many}{measure}", latency))));
        Assert.All(served, name => Assert.Contains(Of(name), line => line.GetProperty("reference").ValueKind == JsonValueKind.Number));
        Assert.All(
            // A slow machine may be told of refusals too.
            Of("latency", "point", "list").Where(line => line.GetProperty("unit").GetString() != "answers"),
            line => Assert.True(line.GetProperty("ours").GetDouble() > 0 && line.GetProperty("reference").GetDouble() > 0, $"{line}"));
        // Every benchmark that was asked for ran to its end.
        Assert.All(["code", "night"], name => Assert.NotEmpty(Of(name)));

        IEnumerable<JsonElement> Of(params string[] names) => lines.Where(line => names.Contains(line.GetProperty("benchmark").GetString()));
    }

    /// <summary>How many rows a second they are is for the benchmark to say; see <c>bench files</c>.</summary>
    [Fact, Trait("Set", "long")]
    public async Task A_hundred_thousand_projects_as_a_file_take_bounded_memory_and_one_fault_keeps_all_of_them_out()
    {
        var lines = await BenchProgram.RunAsync("files", "--rows", "100000");
        Assert.Equal(["csv", "xlsx"], lines.Select(line => line.GetProperty("figure").GetString()!.Split(" as ")[1].Split(',')[0]).Distinct());
        Assert.All(lines.Where(line => line.GetProperty("unit").GetString() is "MiB" or "rows" or "steps"),
            line => Assert.True(line.GetProperty("holds").GetBoolean(), $"{line}"));
    }

    [Fact, Trait("Set", "long")]
    public async Task The_page_on_scale_has_a_column_for_each_size_and_a_curve_through_all_of_them()
    {
        var folder = Scratch.Folder("scale");
        try
        {
            var lines = await BenchProgram.RunAsync("scale", "--rows", "1000", "--rounds", "1", "--milliseconds", "40", "--docs", folder);

            Assert.All(["1,000 projects, night", "10,000 projects, night"], figure =>
                Assert.Contains(lines, line => line.GetProperty("figure").GetString() == figure && line.GetProperty("ours").GetDouble() > 0));
            Assert.Contains("\n| projects | 1,000 | 10,000 |\n",
                await File.ReadAllTextAsync(Path.Combine(folder, "scale.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            XNamespace svg = "http://www.w3.org/2000/svg";
            Assert.All(["memory", "work", "reads"], name => Assert.All(
                XDocument.Load(Path.Combine(folder, "scale", $"{name}.svg")).Descendants(svg + "polyline"),
                curve => Assert.Equal(2, curve.Attribute("points")!.Value.Split(' ').Length)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What is measured is not to be fast because rows are missing.</summary>
    [Theory]
    [InlineData("one")]
    [InlineData("one's")] // in a question the sign stands twice
    public async Task Storage_that_finds_rows_by_their_keys_gives_those_of_the_partition(string partition)
    {
        await using var emulator = await AzuriteProcess.StartAsync(null, Repository.At("tests", "Benchmarks", "Store", "partitions.cjs"));
        var table = new TableClient(emulator.ConnectionString, "rows");
        await table.CreateAsync(TestContext.Current.CancellationToken);
        foreach (var (of, row) in new[] { ("two", "a"), (partition, "c"), (partition, "a"), ("one", "z"), (partition, "b") }.Distinct())
            await table.AddEntityAsync(new TableEntity(of, row), TestContext.Current.CancellationToken);

        var found = table.Query<TableEntity>(row => row.PartitionKey == partition && row.RowKey.CompareTo("y") < 0,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([(partition, "a"), (partition, "b"), (partition, "c")], found.Select(row => (row.PartitionKey, row.RowKey)));
        var fault = await Assert.ThrowsAsync<RequestFailedException>(
            () => table.AddEntityAsync(new TableEntity(partition, "b"), TestContext.Current.CancellationToken));
        Assert.Equal("EntityAlreadyExists", fault.ErrorCode);
    }

    [Theory]
    [InlineData("dance")]
    [InlineData("--rows", "many")]
    [InlineData("--milliseconds", "0")]
    [InlineData("cost", "--prices", "/dev/null")]
    public async Task What_benchmarks_do_not_understand_is_answered_by_code_2(params string[] words)
    {
        using var program = new Child("dotnet", ["exec", BenchProgram.Path, .. words]);
        Assert.Equal(2, await program.ExitAsync());
    }
}
