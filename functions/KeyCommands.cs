using System.Globalization;
using FriendCity.Access;
using FriendCity.Access.Keys;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using Newtonsoft.Json.Linq;

namespace FriendCity;

/// <summary>
/// The commands about access keys, by the rules of the API. A key goes to standard output alone and alone in its line, so that a program can
/// take it.
/// </summary>
internal static class KeyCommands
{
    private static readonly string[] Head = ["prefix", "owner", "contact", "scopes", "state", "created", "last used", "expires", "replaced by"];

    public static Task<int> RunAsync(string[] words) => words switch
    {
        ["list"] => ListAsync(),
        ["add", var owner, .. var options] when Options(options, "--scopes", "--contact", "--expires") is { } given
            && given.TryGetValue("--scopes", out var scopes) => AddAsync(owner, scopes, given),
        ["rotate", var id, .. var options] when Options(options, "--overlap") is { } given => RotateAsync(id, given.GetValueOrDefault("--overlap")),
        ["revoke", var id] => RevokeAsync(id),
        _ => Commands.UsageAsync(),
    };

    /// <summary>Names with their values; null when one is not known, stands twice or has no value.</summary>
    private static Dictionary<string, string>? Options(string[] words, params string[] known)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        if (words.Length % 2 != 0)
            return null;
        for (var i = 0; i < words.Length; i += 2)
            if (!known.Contains(words[i]) || !given.TryAdd(words[i], words[i + 1]))
                return null;
        return given;
    }

    private static Task<int> ListAsync() => WithAsync(async (keys, time) =>
    {
        Console.WriteLine(string.Join('\t', Head));
        foreach (var key in await keys.ListAsync(CancellationToken.None))
            Console.WriteLine(string.Join('\t', AccessKey.Shown(key.Id), key.Owner, key.Contact, string.Join(',', ScopeNames.Of(key.Scopes)),
                KeyJson.Name(key.StateAt(time.GetUtcNow())), KeyJson.Instant(key.CreatedAt), KeyJson.Instant(key.LastUsedAt),
                KeyJson.Instant(key.Expires), key.ReplacedBy));
        return 0;
    });

    private static Task<int> AddAsync(string owner, string scopes, Dictionary<string, string> given)
    {
        if (!ScopeNames.TryParse(scopes, out _))
            return Commands.MisuseAsync($"Scopes are some of {ScopeNames.All} with commas between, not '{scopes}'.");
        var body = new JObject { ["owner"] = owner, ["scopes"] = new JArray(scopes.Split(',', StringSplitOptions.TrimEntries)) };
        if (given.TryGetValue("--contact", out var contact))
            body["contact"] = contact;
        if (given.TryGetValue("--expires", out var expires))
            body["expires"] = expires;
        try
        {
            var draft = KeyRequest.Read(body, TimeProvider.System.GetUtcNow());
            return WithAsync(async (keys, _) => Print((await keys.AddAsync(draft, null, CancellationToken.None)).Key));
        }
        catch (ProblemException refusal)
        {
            return Commands.MisuseAsync(string.Join('\n', refusal.Problem.Errors!.Select(each => $"{each.Pointer[1..]}: {each.Message.En}")));
        }
    }

    private static Task<int> RotateAsync(string id, string? overlap)
    {
        var hours = KeyRequest.StandardOverlapHours;
        if (overlap is not null && !(int.TryParse(overlap, NumberStyles.None, CultureInfo.InvariantCulture, out hours)
            && hours <= KeyRequest.MaxOverlapHours))
            return Commands.MisuseAsync($"The overlap is a whole number of hours up to {KeyRequest.MaxOverlapHours}, not '{overlap}'.");
        return WithAsync(async (keys, _) => await keys.RotateAsync(Id(id), TimeSpan.FromHours(hours), null, CancellationToken.None) switch
        {
            ({ } made, _) => Print(made.Key),
            (_, { } old) => await RefuseAsync(KeyRequest.Ended(old)),
            _ => await RefuseAsync(KeyRequest.Missing(Id(id))),
        });
    }

    private static Task<int> RevokeAsync(string id) => WithAsync(async (keys, _) =>
        await keys.RevokeAsync(Id(id), null, CancellationToken.None) is null ? await RefuseAsync(KeyRequest.Missing(Id(id))) : 0);

    /// <summary>People take the prefix for the id.</summary>
    private static string Id(string text) =>
        text.StartsWith(AccessKey.Shown(""), StringComparison.Ordinal) ? text[AccessKey.Shown("").Length..] : text;

    private static int Print(AccessKey key)
    {
        Console.WriteLine(key.Text);
        return 0;
    }

    private static async Task<int> RefuseAsync(Text message)
    {
        await Console.Error.WriteLineAsync(message.En);
        return Commands.Refused;
    }

    private static Task<int> WithAsync(Func<AccessKeys, TimeProvider, Task<int>> command) => Commands.RunAsync(
        services => command(services.GetRequiredService<AccessKeys>(), services.GetRequiredService<TimeProvider>()));
}
