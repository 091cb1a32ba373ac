using FriendCity.OpenApi;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>The document as Spectral's rules for OpenAPI judge it: no error, and no warning either.</summary>
public sealed class LintTests
{
    [Theory]
    [InlineData("json")]
    [InlineData("yaml", Traits = ["Set", "long"])]
    public async Task Spectral_finds_nothing(string form)
    {
        var folder = await Oracles.FolderAsync();
        var document = new ApiDocument(RegistryTypes.All, Sample.Views);
        var file = Path.Combine(Scratch.Folder("openapi"), $"openapi.{form}");
        await File.WriteAllBytesAsync(file, (form == "json" ? document.Json : document.Yaml).Content);
        var (code, output) = await Oracles.RunAsync("node",
            [
                Path.Combine(folder, "node_modules", "@stoplight", "spectral-cli", "dist", "index.js"), "lint", file, "--ruleset",
                Repository.At("tests", "Integration", "OpenApi", "spectral.yaml"), "--fail-severity", "warn", "--format", "text",
            ], folder, "");
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.True(code == 0, output);
    }
}
