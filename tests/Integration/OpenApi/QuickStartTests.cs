using System.ComponentModel;
using System.Text.RegularExpressions;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>
/// The programs of <c>docs/quick-start.md</c>, as a partner's developer copies them: each prints what the page says, and the Chinese page has the same.
/// </summary>
public sealed partial class QuickStartTests(Azurite azurite)
{
    private static readonly string Page = File.ReadAllText(Repository.At("docs", "quick-start.md"));

    /// <summary>Language, name of the program's file, and the command that runs it.</summary>
    private static readonly (string Language, string File, string[] Command)[] Programs =
    [
        ("## curl\n\n```sh", "quick.sh", ["bash"]),
        ("## Python\n\n```python", "quick.py", ["python3"]),
        ("## Node\n\n```js", "quick.mjs", ["node"]),
        ("```csharp", "quick.cs", ["dotnet", "run"]),
    ];

    [Fact]
    public void The_Chinese_page_has_the_same_programs()
    {
        var blocks = Blocks(Page);
        Assert.Equal(2 + Programs.Length, blocks.Count);
        Assert.Equal(blocks, Blocks(File.ReadAllText(Repository.At("docs", "quick-start.zh-CN.md"))));
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task Each_program_of_the_page_prints_what_the_page_says()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var folder = Scratch.Folder("quick-start");
        try
        {
            var printed = await Task.WhenAll(Programs.Select(async each =>
            {
                var file = Path.Combine(folder, each.File);
                await File.WriteAllTextAsync(file, Block(each.Language));
                return (each.File, Text: await RunAsync([.. each.Command, file], folder, app));
            }));
            Assert.Contains(printed, each => each is { File: "quick.mjs", Text: not null });
            Assert.All(printed.Where(each => each.Text is not null), each => Assert.Equal(Block("```text"), each.Text));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<string> Blocks(string page) => [.. CodeBlock().Matches(page).Select(block => block.Value)];

    [GeneratedRegex("^```[a-z]+\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex CodeBlock();

    private static string Block(string opening)
    {
        var at = Page.IndexOf(opening + "\n", StringComparison.Ordinal) + opening.Length + 1;
        return Page[at..(Page.IndexOf("\n```", at, StringComparison.Ordinal) + 1)];
    }

    /// <summary>What a program printed; null where this machine lacks the language.</summary>
    private static async Task<string?> RunAsync(string[] command, string folder, TestApp app)
    {
        try
        {
            // What the SDK builds of a file goes where the folder goes.
            var environment = new Dictionary<string, string>(app.AsEnvironment()) { ["XDG_DATA_HOME"] = folder };
            var (code, output) = await Oracles.RunAsync(command[0], command[1..], folder, "", environment);
            Assert.True(code == 0, $"{command[^1]}: {output}");
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
