using FriendCity.Tests.Dev;

namespace FriendCity.Tests.Flavours;

/// <summary>The test command for the flavour, where its packages cannot be had.</summary>
[Trait("Set", "long")]
public sealed class AzureTestRunTests : IDisposable
{
    private readonly Clone _clone = new();

    [Fact(Timeout = 300_000)]
    public async Task Without_the_public_gallery_the_command_says_so_in_one_sentence_and_fails()
    {
        // No source has any package, and none was fetched before.
        await File.WriteAllTextAsync(Path.Combine(_clone.Folder, "nuget.config"), """
            <configuration>
              <config><add key="globalPackagesFolder" value="fetched" /></config>
              <packageSources><clear /><add key="none" value="no-packages" /></packageSources>
            </configuration>
            """);
        Directory.CreateDirectory(Path.Combine(_clone.Folder, "no-packages"));
        using var run = _clone.Dev("test", "--azure-packages");

        Assert.Equal(1, await run.ExitAsync());
        Assert.Equal(
        [
            "The official Azure packages could not be restored: this flavour needs the full public NuGet gallery (nuget.org) as a package source.",
            "0 passed, 1 failed",
        ], run.Lines.TakeLast(2));
    }

    public void Dispose() => _clone.Dispose();
}
