using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.Access;

/// <summary>Finds out who asks, by a key of ours or a token of the organisation's directory.</summary>
/// <param name="entra">Null where no directory is set up.</param>
internal sealed class Authenticator(AccessKeys keys, EntraOptions? entra, TimeProvider time, ILogger<EntraTokens> log) : IDisposable
{
    private const string ApiKey = "ApiKey realm=\"FriendCity\"";

    private static readonly Text HowToShowAKey = new(
        "Show a key in the header X-Api-Key, in the query as code, or as the password of Basic.",
        "请用请求头 X-Api-Key、查询参数 code 或 Basic 的密码提供密钥。");

    private static readonly Text HowToSignIn = new(
        "Show a key in the header X-Api-Key, in the query as code, or as the password of Basic; or sign in with an organisational account.",
        "请用请求头 X-Api-Key、查询参数 code 或 Basic 的密码提供密钥，或使用组织账号登录。");

    private static readonly Text UnknownKey = new("The key is not one of this service's, or has expired.", "该密钥不属于本服务，或已过期。");

    private static readonly Text NoAccounts = new(
        "Organisational accounts are not set up at this service: use a key.", "本服务未启用组织账号登录，请使用密钥。");

    // The library that reads tokens is loaded with the first one and not with the service: who uses keys does not wait for it.
    private readonly Lazy<EntraTokens>? _tokens = entra is { } set ? new(() => new EntraTokens(set, time, log)) : null;

    /// <summary>Sign-in with an organisational account is set up.</summary>
    public bool TakesAccounts => entra is not null;

    // What is not offered is not named: a challenge of Basic would make browsers ask for a password over the dashboard.
    private IReadOnlyList<string> Challenges => entra is null ? [ApiKey] : [ApiKey, entra.Challenge];

    /// <returns>Who asks, or why this cannot be said.</returns>
    public async Task<(Caller? Caller, Problem? Refused)> AskAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (key, token) = Credentials.Of(request);
        if (token is not null)
            return entra is null ? (null, Unknown(NoAccounts, Challenges))
                : token.Length == 0 ? (null, Unknown(HowToSignIn, [entra.Challenge]))
                : await _tokens!.Value.AskAsync(token, cancellationToken);

        var caller = AccessKey.TryParse(key, out var known) ? await keys.FindAsync(known, cancellationToken) : null;
        return (caller, caller is null
            ? Unknown(!string.IsNullOrEmpty(key) ? UnknownKey : entra is null ? HowToShowAKey : HowToSignIn, Challenges) : null);
    }

    public void Dispose()
    {
        if (_tokens is { IsValueCreated: true })
            _tokens.Value.Dispose();
    }

    private static Problem Unknown(Text why, IReadOnlyList<string> challenges) => new(Problems.Unauthenticated, why) { Challenges = challenges };
}
