using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FriendCity.Access;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Access;

/// <summary>A key of every kind: those without scopes let nobody in.</summary>
internal static class KeyRing
{
    private static readonly ConcurrentDictionary<TestApp, Lazy<Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>>>> Rings = new();

    public static Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>> OfAsync(TestApp app) =>
        Rings.GetOrAdd(app, _ => new(() => MakeAsync(app))).Value;

    private static async Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>> MakeAsync(TestApp app)
    {
        var keys = new List<(string Kind, string? Key, Scopes? Scopes)>
        {
            ("no key", null, null),
            ("empty", "", null),
            ("malformed", "fc_no-such-form", null),
            ("unknown", AccessKey.New().Text, null),
            ("right name, wrong secret", app.Key[..^32] + AccessKey.New().Text[^32..], null),
            ("upper case", app.Key.ToUpperInvariant(), null),
            ("expired", (await app.Services.GetRequiredService<AccessKeys>()
                .AddAsync("old", (Scopes)15, DateTimeOffset.UtcNow.AddSeconds(-1), default)).Text, null),
            ("not yet expired", (await app.Services.GetRequiredService<AccessKeys>()
                .AddAsync("new", Scopes.Read, DateTimeOffset.UtcNow.AddHours(1), default)).Text, Scopes.Read),
            ("without scopes", await app.KeyAsync("none", Scopes.None), Scopes.None),
            ("all", app.Key, (Scopes)15),
        };
        foreach (var scope in new[] { Scopes.Read, Scopes.Write, Scopes.Run, Scopes.Admin })
            keys.Add((scope.ToString(), await app.KeyAsync($"only {scope}", scope), scope));
        return keys;
    }
}

/// <summary>A request whose address nothing tidies up on its way.</summary>
internal static class RawRequest
{
    public static async Task<int> StatusAsync(Uri server, string method, string target, string headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", server.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        return int.Parse((await reader.ReadLineAsync())!.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
