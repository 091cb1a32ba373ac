namespace FriendCity.Dev;

/// <summary>Everything a change must pass. A check that fails counts as one failed test.</summary>
internal sealed class TestRun(Folder folder, BuildFlavour flavour, string? filter, bool all)
{
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
            await Packages.InstallAsync(folder, stop);
            if (flavour.IsStrict) await Browser.InstallAsync(folder, stop);
            await RestoreAsync(stop);
            await Steps.RunAsync("build", folder, Tools.Dotnet(
                ["build", flavour.Target, .. flavour.Properties, "--no-restore", "--nologo", "-v", "q", "-nodeReuse:false", .. Strict("-warnaserror")]), stop);
        }
        catch (Refusal refusal)
        {
            // Tests of a stale binary would prove nothing.
            Console.WriteLine(refusal.Message);
            return new Totals(Passed: 0, Failed: 1, Skipped: 0);
        }
        var format = flavour.IsStrict ? await FormatAsync(stop) : Totals.None;
        return format + await TestAsync(stop);
    }

    private async Task RestoreAsync(CancellationToken stop)
    {
        try
        {
            await Steps.RunAsync("restore", folder,
                Tools.Dotnet(["restore", flavour.Target, .. flavour.Properties, "-v", "q", "-nodeReuse:false", .. Strict("--locked-mode")]), stop);
        }
        catch (Refusal) when (!flavour.IsStrict)
        {
            throw new Refusal("The official Azure packages could not be restored: this flavour needs the full public NuGet gallery (nuget.org) as a package source.");
        }
    }

    private string[] Strict(string option) => flavour.IsStrict ? [option] : [];

    private async Task<Totals> FormatAsync(CancellationToken stop)
    {
        try
        {
            await Steps.RunAsync("format", folder, Tools.Dotnet("format", flavour.Target, "--verify-no-changes", "--no-restore"), stop);
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
            ["test", flavour.Target, .. flavour.Properties, "--no-build", "--nologo", "--logger", "trx", "--logger", "console;verbosity=minimal",
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
