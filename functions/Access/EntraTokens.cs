using System.Text.Json;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FriendCity.Access;

/// <summary>
/// Access tokens of the directory, versions 1.0 and 2.0: whose they are and what these may do. Roles of the registration are named as
/// scopes are; a person without one may do what the setting says. A token is checked here and never kept, logged or shown.
/// Claims: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference.
/// </summary>
internal sealed class EntraTokens(EntraOptions options, TimeProvider time, ILogger<EntraTokens> log) : IDisposable
{
    /// <summary>The permission that Power Query asks for on behalf of a person.</summary>
    private const string UserPermission = "user_impersonation";

    /// <summary>How far our clock and the directory's may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, Scopes> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Read"] = Scopes.Read,
        ["Write"] = Scopes.Write,
        ["Run"] = Scopes.Run,
        ["Admin"] = Scopes.Admin,
    };

    private readonly JsonWebTokenHandler _handler = new();
    private readonly EntraKeys _keys = new(options, time, log);

    public async Task<(Caller? Caller, Problem? Refused)> AskAsync(string token, CancellationToken cancellationToken)
    {
        try
        {
            var read = _handler.ReadJsonWebToken(token);
            return await FaultAsync(read, cancellationToken) is { } fault ? (null, Invalid(fault)) : Caller(read);
        }
        catch (Exception fault) when (
            fault is ArgumentException or SecurityTokenException or JsonException or FormatException or InvalidOperationException)
        {
            // What the fault says may repeat the token.
            return (null, Invalid(new("The token cannot be read.", "无法读取令牌。")));
        }
        catch (EntraException)
        {
            return (null, new Problem(Problems.SignInUnavailable) { RetryAfter = (int)EntraKeys.RetryAfter.TotalSeconds });
        }
    }

    public void Dispose() => _keys.Dispose();

    /// <summary>Why the token is not good; null when it is.</summary>
    private async Task<Text?> FaultAsync(JsonWebToken token, CancellationToken cancellationToken)
    {
        // Named here, so that neither "none" nor a public key used as a password is ever tried.
        if (token.Alg != SecurityAlgorithms.RsaSha256 || string.IsNullOrEmpty(token.Kid))
            return new("The token is not signed by a key of the directory (RS256).", "令牌未由目录的密钥（RS256）签名。");
        var directory = await _keys.KnowingAsync(token.Kid, cancellationToken);
        if (!directory.Keys.TryGetValue(token.Kid, out var key))
            return new("The token is signed by a key that the directory does not know.", "令牌所用的签名密钥不属于该目录。");

        return await RefusalAsync(_handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidIssuers = directory.Issuers,
            ValidAudiences = options.Audiences,
            ValidateLifetime = false, // below, by our own clock
        })) switch
        {
            null => Lapse(token),
            SecurityTokenInvalidIssuerException => new("The token comes from another directory than this service's.", "令牌来自其他目录，而非本服务所用的目录。"),
            SecurityTokenInvalidAudienceException => new(
                $"The token is for another service; ask for one for {string.Join(" or ", options.Audiences)}.",
                $"令牌属于其他服务；请申请用于 {string.Join(" 或 ", options.Audiences)} 的令牌。"),
            _ => new("The token's signature does not hold.", "令牌签名无效。"),
        };
    }

    // The start looks through all types of the program, and one that awaits the library's type itself would load the library then.
    private static Task<Exception?> RefusalAsync(Task<TokenValidationResult> check) =>
        check.ContinueWith(done => done.Result.IsValid ? null : done.Result.Exception ?? new SecurityTokenException(), TaskScheduler.Default);

    private Text? Lapse(JsonWebToken token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!Guid.TryParse(Claim(token, "tid"), out var tenant) || tenant != options.Tenant)
            return new("The token comes from another directory than this service's.", "令牌来自其他目录，而非本服务所用的目录。");
        // An ID token tells a program who signed in; it is no permission to ask another service.
        if (Client(token) is null)
            return new("This is no access token.", "这不是访问令牌。");
        // An absent end reads as the beginning of time.
        if (token.ValidTo + Skew <= now)
            return new("The token has expired; sign in again.", "令牌已过期，请重新登录。");
        return token.ValidFrom > now + Skew ? new("The token is not valid yet; one of the clocks is wrong.", "令牌尚未生效，请检查系统时钟。") : null;
    }

    private (Caller? Caller, Problem? Refused) Caller(JsonWebToken token)
    {
        var scopes = token.Claims.Where(claim => claim.Type == "roles")
            .Aggregate(Scopes.None, (all, role) => all | Roles.GetValueOrDefault(role.Value));
        if (Claim(token, "scp") is not { } permissions)
            return (new Caller($"app:{Client(token)}", scopes), null);
        if (Claim(token, "oid") is not { Length: > 0 } person)
            return (null, Invalid(new("The token names nobody.", "令牌未指明用户。")));
        return permissions.Split(' ').Contains(UserPermission)
            ? (new Caller($"user:{person}", scopes == Scopes.None ? options.UserScopes : scopes), null)
            : (null, new Problem(Problems.Forbidden, new($"The token lacks the permission '{UserPermission}'.", $"令牌缺少“{UserPermission}”权限。")));
    }

    private Problem Invalid(Text why) => new(Problems.TokenInvalid, why) { Challenges = [$"{options.Challenge}, error=\"invalid_token\""] };

    /// <summary>The program that asks: <c>appid</c> in version 1.0, <c>azp</c> in 2.0.</summary>
    private static string? Client(JsonWebToken token) => Claim(token, "appid") ?? Claim(token, "azp");

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) && value is { Length: > 0 } ? value : null;
}
