using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Access;

/// <summary>The commands about keys, as an operator types them.</summary>
public sealed class KeyCommandTests(Azurite azurite)
{
    [Fact]
    public async Task Keys_are_made_rotated_revoked_and_listed_by_commands()
    {
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        var first = Assert.Single(await RunAsync("keys", "add", "港口", "--scopes", "read,run", "--contact", "it@port.example", "--expires",
            "2099-12-31T00:00:00Z"));
        var second = Assert.Single(await RunAsync("keys", "rotate", first[..13], "--overlap", "1"));
        Assert.Empty(await RunAsync("keys", "revoke", first[3..13]));
        var list = await RunAsync("keys", "list");
        Assert.Equal(3, list.Count);
        Assert.Equal([first[..13], "港口", "it@port.example", "read,run", "revoked"], list[1].Split('\t')[..5]);
        Assert.Equal(second[3..13], list[1].Split('\t')[^1]);
        Assert.Equal([second[..13], "港口", "it@port.example", "read,run", "active"], list[2].Split('\t')[..5]);
        Assert.All(list, line => Assert.DoesNotContain(first[13..], line, StringComparison.Ordinal));

        await using var refused = ProgramUnderTest.Start(["keys", "rotate", first[3..13]], ("AzureWebJobsStorage", connection));
        Assert.Equal((1, $"The key {second[3..13]} takes its place already."), await EndAsync(refused));
        await using var missing = ProgramUnderTest.Start(["keys", "revoke", "none"], ("AzureWebJobsStorage", connection));
        Assert.Equal((1, "There is no key none."), await EndAsync(missing));
        await using var wrong = ProgramUnderTest.Start(["keys", "add", "x", "--scopes", "read", "--expires", "2001-01-01"],
            ("AzureWebJobsStorage", connection));
        Assert.Equal((2, "expires: An instant to come, such as 2030-01-31T08:00:00Z."), await EndAsync(wrong));

        async Task<IReadOnlyList<string>> RunAsync(params string[] words)
        {
            await using var program = ProgramUnderTest.Start(words, ("AzureWebJobsStorage", connection));
            Assert.Equal((0, ""), await EndAsync(program));
            return program.Output;
        }
    }

    private static async Task<(int Code, string Errors)> EndAsync(ProgramUnderTest program) =>
        await program.EndAsync() is var (code, errors) ? (code, errors.Trim()) : default;
}
