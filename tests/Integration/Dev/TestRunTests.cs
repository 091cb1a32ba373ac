namespace FriendCity.Tests.Integration.Dev;

/// <summary>The test command itself, in a clone whose own tests are replaced by a few with known outcomes.</summary>
[Trait("Set", "long")]
public sealed class TestRunTests : IDisposable
{
    private const string Passing = "[Fact] public void It_passes() => Assert.Equal(2, 1 + 1);";
    private const string Failing = "[Fact] public void It_fails() => Assert.Equal(3, 1 + 1);";
    private const string Skipped = "[Fact(Skip = \"to be counted\")] public void It_is_skipped() => Assert.Equal(2, 1 + 1);";
    private const string Long = "[Fact, Trait(\"Set\", \"long\")] public void It_takes_long() => Assert.Equal(2, 1 + 1);";
    private const string BadlyFormatted = "[Fact] public   void It_is_ugly() => Assert.Equal(2, 1 + 1);";

    private readonly Clone clone = new();

    public static TheoryData<string[], string[], string> Runs => new()
    {
        { [Passing, Failing, Skipped, Long], [], "1 passed, 1 failed, 1 skipped" },
        // The third is the mutation run, whose settings nobody can read there.
        { [Passing, Long], ["--all"], "2 passed, 1 failed" },
        { [Passing, Failing], ["--filter", "It_passes"], "1 passed, 0 failed" },
        { [Passing], ["--filter", "Nothing"], "0 passed, 0 failed" },
        { [BadlyFormatted], [], "1 passed, 1 failed" },
        { [Passing, "this does not compile"], [], "0 passed, 1 failed" },
    };

    [Theory(Timeout = 600_000)]
    [MemberData(nameof(Runs))]
    public async Task The_last_line_counts_what_really_ran(string[] tests, string[] options, string lastLine)
    {
        WriteTests(tests);
        LeaveOldResults();
        using var run = options is [] ? clone.Start(Path.Combine(clone.Folder, ".ci", "run")) : clone.Dev(["test", .. options]);

        var exitCode = await run.ExitAsync();

        Assert.Equal(lastLine, run.Lines[^1]);
        Assert.Equal(lastLine.Contains(", 0 failed", StringComparison.Ordinal) && !lastLine.StartsWith('0') ? 0 : 1, exitCode);
    }

    public void Dispose() => clone.Dispose();

    private void WriteTests(string[] tests)
    {
        foreach (var source in Directory.EnumerateFiles(Path.Combine(clone.Folder, "tests"), "*.cs", SearchOption.AllDirectories))
            File.Delete(source);
        File.WriteAllText(Path.Combine(clone.Folder, "tests", "Mutants", "stryker-config.json"), "{}");
        var members = string.Concat(tests.Select(test => $"\n    {test}\n"));
        File.WriteAllText(Path.Combine(clone.Folder, "tests", "Known.cs"),
            $"namespace FriendCity.Tests;\n\npublic sealed class Known\n{{{members}}}\n");
    }

    private void LeaveOldResults()
    {
        var folder = Directory.CreateDirectory(Path.Combine(clone.Folder, "TestResults")).FullName;
        File.WriteAllText(Path.Combine(folder, "old.trx"), """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <ResultSummary><Counters total="50" executed="40" passed="30" failed="10" /></ResultSummary>
            </TestRun>
            """);
    }
}
