using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FriendCity.Hosting;

namespace FriendCity.Tests.Hosting;

public sealed class ProgramTests
{
    [Fact]
    public async Task A_busy_port_is_said_in_one_sentence_and_ends_with_2()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        await using var program = ProgramUnderTest.Start(["--port", $"{port}"]);
        var (code, errors) = await program.EndAsync();
        Assert.Equal(2, code);
        Assert.Equal($"Port {port} is already in use: end the program that holds it, or choose another port with --port.", errors.Trim());
        Assert.DoesNotContain("   at ", string.Join('\n', program.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_no_number_is_said_in_one_sentence()
    {
        await using var program = ProgramUnderTest.Start(["--port", "seven"]);
        Assert.Equal((2, "The setting 'port' must be a number from 0 to 65535, not 'seven'."), Trimmed(await program.EndAsync()));
    }

    // Even with everything logged: the key in the address must not be.
    [Fact]
    public async Task The_log_is_one_json_object_a_line_and_never_holds_a_code()
    {
        await using var program = ProgramUnderTest.Start(
            [],
            (HostMode.HandlerPortSetting, "0"),
            ("Logging__LogLevel__Default", "Trace"),
            ("Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics", "Trace"),
            ("Logging__Console__LogLevel__Default", "Trace"));
        using var client = new HttpClient { BaseAddress = await program.Address };
        foreach (var path in new[] { "/?code=s3cret", "/docs/nowhere?code=s3cret" })
            using (await client.GetAsync(new Uri(path, UriKind.Relative)))
            {
                // Only the log of it matters.
            }

        await PollAsync(() => program.Output.Any(line => line.Contains("/docs/nowhere", StringComparison.Ordinal)));
        var (_, errors) = await program.KillAsync();
        Assert.Equal("", errors);
        Assert.DoesNotContain(program.Output, line => line.Contains("s3cret", StringComparison.Ordinal));
        Assert.All(program.Output, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
    }

    private static (int, string) Trimmed((int Code, string Errors) end) => (end.Code, end.Errors.Trim());

    private static async Task PollAsync(Func<bool> isTrue)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isTrue())
            await Task.Delay(20, deadline.Token);
    }
}
