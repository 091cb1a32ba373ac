using System.Text.Json;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

/// <summary>The benchmarks' program, built beside the tests.</summary>
internal static class BenchProgram
{
    public static string Path { get; } = Repository.At(
        "tests", "Benchmarks", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0",
        "FriendCity.Benchmarks.dll");

    /// <summary>Runs benchmarks to their end; the answer is their lines.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(params string[] words)
    {
        using var program = new Child("dotnet", ["exec", Path, .. words, "--json"]);
        Assert.Equal(0, await program.ExitAsync());
        return [.. JsonDocument.Parse(program.Output).RootElement.GetProperty("lines").EnumerateArray()];
    }
}
