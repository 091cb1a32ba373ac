using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using FriendCity.Access;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Access;

/// <summary>A key of every kind: those without scopes let nobody in.</summary>
internal static class KeyRing
{
    private static readonly ConcurrentDictionary<Office, Lazy<Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>>>> Rings = new();

    public static Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>> OfAsync(Office office) =>
        Rings.GetOrAdd(office, _ => new(() => MakeAsync(office))).Value;

    private static async Task<IReadOnlyList<(string Kind, string? Key, Scopes? Scopes)>> MakeAsync(Office office)
    {
        var keys = new List<(string Kind, string? Key, Scopes? Scopes)>
        {
            ("no key", null, null),
            ("empty", "", null),
            ("malformed", "fc_no-such-form", null),
            ("unknown", AccessKey.New().Text, null),
            ("right name, wrong secret", office.Key[..^32] + AccessKey.New().Text[^32..], null),
            ("upper case", office.Key.ToUpperInvariant(), null),
            ("expired", (await office.Services.GetRequiredService<AccessKeys>()
                .AddAsync("old", (Scopes)15, DateTimeOffset.UtcNow.AddSeconds(-1), default)).Text, null),
            ("not yet expired", (await office.Services.GetRequiredService<AccessKeys>()
                .AddAsync("new", Scopes.Read, DateTimeOffset.UtcNow.AddHours(1), default)).Text, Scopes.Read),
            ("without scopes", await office.KeyAsync("none", Scopes.None), Scopes.None),
            ("all", office.Key, (Scopes)15),
        };
        foreach (var scope in new[] { Scopes.Read, Scopes.Write, Scopes.Run, Scopes.Admin })
            keys.Add((scope.ToString(), await office.KeyAsync($"only {scope}", scope), scope));
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
