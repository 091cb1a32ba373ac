using System.Diagnostics;
using System.Text.RegularExpressions;
using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>The snippets of docs/snapshots.md, run as they stand there, where their tool is installed. Nothing here runs Power Query.</summary>
[Trait("Set", "slow")]
public sealed partial class SnippetTests(Azurite azurite) : IDisposable
{
    private readonly string _folder = Scratch.Folder("snippets");

    [Fact]
    public async Task DuckDB_reads_the_history()
    {
        var readers = await Oracles.FolderAsync();
        await StoreAsync();
        var (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "query.cjs"), readers],
            Path.Combine(_folder, "snapshots"), Snippet("sql"));
        Assert.Equal((0, "[\"2026-11-20\",13]\n[\"2026-11-21\",13]\n"), (code, output));
        (code, output) = await Oracles.RunAsync("node", [Repository.At("tests", "oracles", "query.cjs"), readers],
            Path.Combine(_folder, "snapshots"), Snippet("sql", second: true));
        Assert.Equal((0, "[\"2026-11-20\",13]\n[\"2026-11-21\",13]\n"), (code, output));
    }

    [Fact]
    public async Task Python_follows_the_pointer()
    {
        await StoreAsync();
        Assert.Equal("['13', '13']\n", await RunAsync("python3", ["-c", Snippet("python")]));
        Assert.Equal("['13', '13']\n", await RunAsync("python3", ["-c", Snippet("python", second: true)]));
    }

    [Fact]
    public async Task JavaScript_follows_the_pointer()
    {
        Assert.SkipWhen(!Directory.Exists(Repository.At("node_modules", "hyparquet")), "hyparquet is not installed: run npm ci.");
        await StoreAsync();
        Directory.CreateSymbolicLink(Path.Combine(_folder, "node_modules"), Repository.At("node_modules"));
        foreach (var second in new[] { false, true })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "read.mjs"), Snippet("js", second), TestContext.Current.CancellationToken);
            Assert.Equal("[ 13, 13 ]\n", await RunAsync("node", ["read.mjs"]));
        }
    }

    [Fact]
    public async Task The_shell_downloads_a_file()
    {
        await using var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero }));
        Assert.Equal(202, (await app.SendAsync("POST", "/api/v1/snapshots")).Status);
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        foreach (var second in new[] { false, true })
        {
            var output = await RunAsync("sh", ["-c", Snippet("sh", second)], ("KEY", app.Key), ("URL", app.Address.ToString().TrimEnd('/')));
            // The mark at the beginning is gone by now: who reads text takes it away.
            Assert.StartsWith("snapshot_date,view,kpi_id,", output, StringComparison.Ordinal);
            Assert.Equal(!second, output.Split('\n')[0].Contains("rows_hash", StringComparison.Ordinal));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Two nights of the sample, as files.</summary>
    private async Task StoreAsync()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        await fixture.PublishAsync(SnapshotFixture.Final(21));
        foreach (var path in fixture.Blobs.Paths)
        {
            var file = Path.Combine(_folder, "snapshots", path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, fixture.Blobs.Bytes(path)!);
        }
    }

    /// <param name="second">The one for the second contract, which stands behind that for the first.</param>
    private static string Snippet(string language, bool second = false)
    {
        var blocks = Block().Matches(File.ReadAllText(Repository.At("docs", "snapshots.md")))
            .Where(block => block.Groups["language"].Value == language).ToList();
        Assert.Equal(2, blocks.Count);
        return blocks[second ? 1 : 0].Groups["code"].Value;
    }

    private async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            Assert.Skip($"{program} is not installed: {fault.Message}");
        }

        using (process)
        {
            var (output, errors) = (process!.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            return await output;
        }
    }

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}
