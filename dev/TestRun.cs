namespace FriendCity.Dev;

/// <summary>Everything a change must pass. A check that fails counts as one failed test.</summary>
internal sealed class TestRun(Folder folder, string? filter, bool all)
{
    private const string Solution = "FriendCityFunctions.sln";

    public async Task<int> RunAsync(CancellationToken stop)
    {
        try
        {
            var totals = await CheckAsync(stop);
            if (totals is { Passed: 0, Failed: 0 }) Console.WriteLine("Nothing ran.");
            Console.WriteLine(totals);
            return totals is { Failed: 0, Passed: > 0 } ? 0 : ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("stopped");
            return ExitCode.Interrupted;
        }
    }

    private async Task<Totals> CheckAsync(CancellationToken stop)
    {
        try
        {
            Tools.Check(folder);
            // Counting calls, to optimise them anew, takes a fifth of a run and pays back after it. All that is started here inherits this.
            Environment.SetEnvironmentVariable("DOTNET_TieredPGO", "0");
            await Packages.InstallAsync(folder, stop);
            await Browser.InstallAsync(folder, stop);
            await Steps.RunAsync("restore", folder, Tools.Dotnet("restore", Solution, "-v", "q", "-nodeReuse:false", "--locked-mode"), stop);
            await Steps.RunAsync("build", folder, Tools.Dotnet("build", Solution, "--no-restore", "--nologo", "-v", "q", "-nodeReuse:false"), stop);
        }
        catch (Refusal refusal)
        {
            // Tests of a stale binary would prove nothing.
            Console.WriteLine(refusal.Message);
            return new Totals(Passed: 0, Failed: 1, Skipped: 0);
        }
        return await FormatAsync(stop) + await TestAsync(stop) + await MutantsAsync(stop);
    }

    /// <summary>The long set changes the code line by line and counts which changes no test notices: a score below the one reached fails.</summary>
    private async Task<Totals> MutantsAsync(CancellationToken stop)
    {
        if (!all || filter is not null) return Totals.None;
        try
        {
            await Steps.RunAsync("tools", folder, Tools.Dotnet("tool", "restore"), stop);
            await Steps.RunAsync("mutants", async () =>
            {
                // In the folder of its project: from the top it takes the whole solution.
                var stryker = Tools.Dotnet("stryker", "--output", folder.Mutants, "--skip-version-check") with { In = folder.At("tests", "Mutants") };
                return (await Steps.SucceedAsync("mutants", folder, stryker, stop)).LastLine;
            });
            return new Totals(Passed: 1, Failed: 0, Skipped: 0);
        }
        catch (Refusal refusal)
        {
            Console.WriteLine(refusal.Message);
            return new Totals(Passed: 0, Failed: 1, Skipped: 0);
        }
    }

    /// <summary>What the build does not check: rules of style and analyzers are its errors already, and take minutes to be run again.</summary>
    private async Task<Totals> FormatAsync(CancellationToken stop)
    {
        try
        {
            string[] only = [Solution, "--verify-no-changes", "--no-restore"];
            await Steps.RunAsync("format", folder, Tools.Dotnet(["format", "whitespace", .. only]), stop);
            await Steps.RunAsync("imports", folder, Tools.Dotnet(["format", "style", .. only, "--diagnostics", "IMPORTS"]), stop);
            return Totals.None;
        }
        catch (Refusal refusal)
        {
            Console.WriteLine(refusal.Message);
            return new Totals(Passed: 0, Failed: 1, Skipped: 0);
        }
    }

    private async Task<Totals> TestAsync(CancellationToken stop)
    {
        if (Directory.Exists(folder.TestResults))
            Directory.Delete(folder.TestResults, recursive: true); // results of another day must not be counted
        var run = Tools.Dotnet(
            ["test", Solution, "--no-build", "--nologo", "--logger", "trx", "--logger", "console;verbosity=minimal",
            "--results-directory", folder.TestResults, .. Filter()]);
        var tests = await Tethered.RunAsync(folder, run with { Echo = true }, stop);
        var totals = Trx.Read(folder.TestResults);
        foreach (var failure in totals.Failures) Console.WriteLine($"failed: {failure}");
        if (tests.ExitCode == 0 || totals.Failed > 0) return totals;
        Console.WriteLine($"The test run itself failed: dotnet test ended with code {tests.ExitCode}.");
        return totals + new Totals(Passed: 0, Failed: 1, Skipped: 0);
    }

    private string[] Filter()
    {
        const string NotLong = "Set!=long";
        return (filter, all) switch
        {
            (null, true) => [],
            (null, false) => ["--filter", NotLong],
            (_, true) => ["--filter", filter],
            (_, false) => ["--filter", $"({filter})&({NotLong})"],
        };
    }
}
