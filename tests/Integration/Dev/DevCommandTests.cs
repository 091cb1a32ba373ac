using System.Runtime.Versioning;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

public sealed class DevCommandTests
{
    [Fact(Timeout = 120_000)]
    public async Task Without_words_it_says_what_it_can_do()
    {
        using var dev = Dev();

        Assert.Equal(0, await dev.ExitAsync());
        Assert.Contains("dotnet run dev.cs up [--port N] [--fresh]", dev.Output, StringComparison.Ordinal);
        Assert.Contains("dotnet run dev.cs test [--filter X] [--all]", dev.Output, StringComparison.Ordinal);
        Assert.Contains("dotnet run dev.cs bench [NAME…] [--rows N]", dev.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("Unknown command: dance", "dance")]
    [InlineData("'up' does not understand '--loud'.", "up", "--loud")]
    [InlineData("'up' does not understand '--port'.", "up", "--port")]
    [InlineData("--port takes a number from 1 to 65535, not '70000'.", "up", "--port", "70000")]
    [InlineData("'test' does not understand 'fast'.", "test", "fast")]
    public async Task A_word_it_does_not_know_is_answered_by_a_sentence_and_code_2(string sentence, params string[] words)
    {
        using var dev = Dev(words);

        Assert.Equal(2, await dev.ExitAsync());
        Assert.Equal(sentence, dev.Lines[0]);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Continuous_integration_runs_the_same_command_as_people()
    {
        var lines = File.ReadAllLines(Repository.At(".ci", "run"));

        Assert.Equal("exec dotnet run dev.cs test", lines[^1]);
        Assert.True(File.GetUnixFileMode(Repository.At(".ci", "run")).HasFlag(UnixFileMode.UserExecute));
    }

    private static Child Dev(params string[] words) => new("dotnet", ["run", "dev.cs", .. words]);
}
