using System.Security.Cryptography;
using System.Text;
using FriendCity.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Access;

/// <summary>
/// A directory of this machine: publishes its issuers and keys as Entra ID does, and signs whatever a test asks for. Tokens are put together by
/// hand, without the library that reads them.
/// </summary>
internal sealed class LocalDirectory : IAsyncDisposable
{
    public const string Audience = "https://friends.example.org";
    public const string Registration = "1f0e9d3c-0000-4000-8000-00000000c11e";
    public const string Person = "7a7a7a7a-0000-4000-8000-000000000001";
    public const string Program = "5b5b5b5b-0000-4000-8000-000000000002";

    private readonly WebApplication _app;
    private readonly Dictionary<string, RSA> _keys = [];
    private int _asked;

    private LocalDirectory(WebApplication app) => _app = app;

    public static Guid Tenant { get; } = Guid.Parse("3df2eaf6-33d0-4a10-8ce8-7e596000ebe7");

    public static string IssuerV1 => $"https://sts.windows.net/{Tenant}/";

    public Uri Address { get; private set; } = null!;

    public string IssuerV2 => $"{Address.GetLeftPart(UriPartial.Authority)}/{Tenant}/v2.0";

    public string Challenge => $"Bearer authorization_uri={Address.GetLeftPart(UriPartial.Authority)}/{Tenant}/oauth2/authorize";

    /// <summary>Answers 503 to everything.</summary>
    public bool IsDown { get; set; }

    /// <summary>Names the keys' place, instead of its own.</summary>
    public string? KeysAt { get; set; }

    /// <summary>How often its documents were asked for.</summary>
    public int Asked => _asked;

    public EntraOptions Options => new(Address, Tenant, [Audience, Registration], Scopes.Read);

    public static async Task<LocalDirectory> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var directory = new LocalDirectory(builder.Build());
        directory._app.Run(directory.AnswerAsync);
        await directory._app.StartAsync();
        directory.Address = new Uri(directory._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        directory.Roll("first");
        return directory;
    }

    /// <summary>Signs with a new key from now on, and publishes this one only.</summary>
    public void Roll(string keyId)
    {
        foreach (var key in _keys.Values)
            key.Dispose();
        _keys.Clear();
        _keys[keyId] = RSA.Create(2048);
    }

    /// <summary>What an access token of version 1.0 for a person says, as Power Query gets it.</summary>
    public static JObject V1(DateTimeOffset now) => new()
    {
        ["aud"] = Audience,
        ["iss"] = IssuerV1,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["appid"] = "a672d62c-fc7b-4e81-a576-e60dc46e951d",
        ["oid"] = Person,
        ["tid"] = $"{Tenant}",
        ["scp"] = "user_impersonation",
        ["ver"] = "1.0",
        ["name"] = "王岚",
    };

    /// <summary>What one of version 2.0 for a program (a managed identity) says.</summary>
    public JObject V2(DateTimeOffset now, params string[] roles) => new()
    {
        ["aud"] = Registration,
        ["iss"] = IssuerV2,
        ["iat"] = now.ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        ["azp"] = Program,
        ["oid"] = "6c6c6c6c-0000-4000-8000-000000000003",
        ["tid"] = $"{Tenant}",
        ["roles"] = new JArray(roles.Cast<object>().ToArray()),
        ["ver"] = "2.0",
    };

    /// <summary>The claims as a token, signed by the newest key, or by what the header names.</summary>
    public string Sign(JObject claims, string algorithm = "RS256", string? keyId = null)
    {
        var (name, key) = _keys.Single();
        var text = $"{Encode($$"""{"typ":"JWT","alg":"{{algorithm}}","kid":"{{keyId ?? name}}"}""")}.{Encode(claims.ToString(Newtonsoft.Json.Formatting.None))}";
        var bytes = Encoding.ASCII.GetBytes(text);
        return $"{text}.{Base64UrlEncoder.Encode(algorithm switch
        {
            "none" => [],
            // The mistake of old libraries: the public key, which anybody has, taken for a password.
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), bytes),
            "PS256" => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        })}";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        foreach (var key in _keys.Values)
            key.Dispose();
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _asked);
        var path = context.Request.Path.Value!;
        var root = $"{Address.GetLeftPart(UriPartial.Authority)}/{Tenant}";
        JObject? answer = IsDown ? null
            : path == $"/{Tenant}/.well-known/openid-configuration"
                ? new() { ["issuer"] = IssuerV1, ["jwks_uri"] = KeysAt ?? $"{root}/discovery/keys" }
            : path == $"/{Tenant}/v2.0/.well-known/openid-configuration"
                ? new() { ["issuer"] = IssuerV2, ["jwks_uri"] = KeysAt ?? $"{root}/discovery/v2.0/keys" }
            : path.StartsWith($"/{Tenant}/discovery/", StringComparison.Ordinal) ? new() { ["keys"] = new JArray(_keys.Select(Published)) }
            : null;
        if (answer is not null)
            return context.Response.WriteAsync(answer.ToString());
        context.Response.StatusCode = IsDown ? 503 : 404;
        return Task.CompletedTask;
    }

    private static JObject Published(KeyValuePair<string, RSA> key)
    {
        var numbers = key.Value.ExportParameters(includePrivateParameters: false);
        return new JObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = key.Key,
            ["x5t"] = key.Key,
            ["n"] = Base64UrlEncoder.Encode(numbers.Modulus),
            ["e"] = Base64UrlEncoder.Encode(numbers.Exponent),
        };
    }
}
