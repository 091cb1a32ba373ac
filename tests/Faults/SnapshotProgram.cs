using System.Net.Http.Json;
using System.Text.Json;
using FriendCity.Tests.Integration.Hosting;

namespace FriendCity.Tests.Faults;

/// <summary>The real program, which makes the snapshot of 2026-11-21 when it is asked to.</summary>
internal static class SnapshotProgram
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// The program with its records loaded: what it asks from here on is the order's, and its timers' (which sleep till the night).
    /// </summary>
    public static async Task<ProgramUnderTest> StartAsync(string connection)
    {
        var program = ProgramUnderTest.Serve(null, ("AzureWebJobsStorage", connection), ("SnapshotSettleSeconds", "0"));
        using var client = new HttpClient { BaseAddress = await program.Address };
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Token);
        answer.EnsureSuccessStatusCode();
        return program;
    }

    /// <summary>The operation's id, or null when the program died before it could say it.</summary>
    public static async Task<string?> OrderAsync(ProgramUnderTest program, string key)
    {
        using var client = new HttpClient { BaseAddress = await program.Address };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        try
        {
            using var answer = await client.PostAsync(new Uri("/api/v1/snapshots?date=2026-11-21", UriKind.Relative), null, Token);
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString();
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
