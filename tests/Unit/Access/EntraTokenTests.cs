using FriendCity.Access;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Access;

/// <summary>Which tokens are good, and where the keys come from; on a clock that moves when told.</summary>
public sealed class EntraTokenTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    private LocalDirectory _directory = null!;
    private EntraTokens _tokens = null!;

    public async ValueTask InitializeAsync()
    {
        _directory = await LocalDirectory.StartAsync();
        _tokens = Over(_directory.Options);
    }

    public async ValueTask DisposeAsync()
    {
        _tokens.Dispose();
        await _directory.DisposeAsync();
    }

    public static TheoryData<string, string> Bad { get; } = new()
    {
        { "expired", "has expired" },
        { "without an end", "has expired" },
        { "not yet valid", "not valid yet" },
        { "issuer", "another directory" },
        { "no issuer", "another directory" },
        { "tenant", "another directory" },
        { "no tenant", "another directory" },
        { "audience", "https://friends.example.org" },
        { "no audience", "https://friends.example.org" },
        { "ID token", "no access token" },
        { "nobody", "names nobody" },
        { "none", "not signed" },
        { "None", "not signed" },
        { "HS256", "not signed" },
        { "PS256", "not signed" },
        { "RS256 as ES256", "not signed" },
        { "without a key", "not signed" },
        { "another's key", "does not know" },
        { "forged", "signature does not hold" },
        { "changed", "signature does not hold" },
        { "cut", "signature does not hold" },
        { "unsigned", "signature does not hold" },
        { "no token", "cannot be read" },
        { "empty parts", "cannot be read" },
        { "no JSON", "cannot be read" },
        { "encrypted", "" },
        { "numbers for texts", "" },
        { "huge numbers", "" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_token_that_is_not_good_is_refused_and_says_why(string fault, string why)
    {
        await using var forger = await LocalDirectory.StartAsync();
        var good = LocalDirectory.V1(_clock.GetUtcNow());
        JObject With(string claim, JToken? value)
        {
            if (value is null)
                good.Remove(claim);
            else
                good[claim] = value;
            return good;
        }

        var now = _clock.GetUtcNow();
        var signed = _directory.Sign(good);
        var token = fault switch
        {
            "expired" => _directory.Sign(LocalDirectory.V1(now.AddHours(-1).AddMinutes(-3))),
            "without an end" => _directory.Sign(With("exp", null)),
            "not yet valid" => _directory.Sign(LocalDirectory.V1(now.AddMinutes(3))),
            "issuer" => _directory.Sign(With("iss", "https://sts.windows.net/00000000-0000-4000-8000-000000000000/")),
            "no issuer" => _directory.Sign(With("iss", null)),
            "tenant" => _directory.Sign(With("tid", "00000000-0000-4000-8000-000000000000")),
            "no tenant" => _directory.Sign(With("tid", null)),
            "audience" => _directory.Sign(With("aud", "https://other.example.org")),
            "no audience" => _directory.Sign(With("aud", null)),
            "ID token" => _directory.Sign(With("appid", null)),
            "nobody" => _directory.Sign(With("oid", null)),
            "none" or "None" or "HS256" or "PS256" => _directory.Sign(good, fault),
            "RS256 as ES256" => _directory.Sign(good, "ES256"),
            "without a key" => _directory.Sign(good, keyId: ""),
            "another's key" => forger.Sign(good, keyId: "another"),
            "forged" => forger.Sign(good),
            "changed" => string.Join('.', signed.Split('.')[0], _directory.Sign(With("roles", new JArray("Admin"))).Split('.')[1],
                signed.Split('.')[2]),
            "cut" => signed[..^8],
            "unsigned" => signed[..(signed.LastIndexOf('.') + 1)],
            "no token" => "fc_0123456789",
            "empty parts" => "..",
            "no JSON" => "bm8.bm8.bm8",
            "encrypted" => signed + ".e.e",
            "numbers for texts" => _directory.Sign(With("tid", 7)),
            "huge numbers" => _directory.Sign(With("exp", JToken.Parse("1e300"))),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
        var (caller, refused) = await _tokens.AskAsync(token, default);
        Assert.Null(caller);
        Assert.Equal("token_invalid", refused!.Code.Name);
        Assert.Contains(why, refused.Detail!.En, StringComparison.Ordinal);
        Assert.Equal([$"{_directory.Challenge}, error=\"invalid_token\""], refused.Challenges);
    }

    [Fact]
    public async Task Clocks_may_differ_by_two_minutes()
    {
        Assert.NotNull((await _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow().AddMinutes(1.9))), default)).Caller);
        Assert.NotNull((await _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow().AddHours(-1).AddMinutes(-1.9))),
            default)).Caller);
    }

    [Fact]
    public async Task Both_versions_are_taken_with_the_address_or_the_registrations_id()
    {
        var (one, two) = (LocalDirectory.V1(_clock.GetUtcNow()), _directory.V2(_clock.GetUtcNow(), "Read", "Run"));
        Assert.Equal(new Caller($"user:{LocalDirectory.Person}", Scopes.Read), (await _tokens.AskAsync(_directory.Sign(one), default)).Caller);
        Assert.Equal(new Caller($"app:{LocalDirectory.Program}", Scopes.Read | Scopes.Run),
            (await _tokens.AskAsync(_directory.Sign(two), default)).Caller);
        // Power Query ends the address with a slash or not.
        one["aud"] = LocalDirectory.Audience + "/";
        Assert.NotNull((await _tokens.AskAsync(_directory.Sign(one), default)).Caller);
    }

    [Fact]
    public async Task A_new_key_is_found_by_asking_once_more()
    {
        Assert.NotNull((await AskAsync()).Caller);
        Assert.Equal(4, _directory.Asked);
        _directory.Roll("second");
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.NotNull((await AskAsync()).Caller);
        Assert.NotNull((await AskAsync()).Caller);
        Assert.Equal(8, _directory.Asked);
    }

    [Fact]
    public async Task Tokens_with_unknown_keys_do_not_make_us_ask_all_the_time()
    {
        Assert.NotNull((await AskAsync()).Caller);
        for (var n = 0; n < 20; n++)
            Assert.Equal("token_invalid", (
                await _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow()), keyId: $"k{n}"), default)).Refused!.Code.Name);
        Assert.Equal(4, _directory.Asked);
        _clock.Advance(TimeSpan.FromSeconds(61));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(
            n => _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow()), keyId: $"m{n}"), default)));
        Assert.Equal(8, _directory.Asked);
    }

    [Fact]
    public async Task A_directory_that_does_not_answer_lets_nobody_in_and_says_when_to_come_again()
    {
        _directory.IsDown = true;
        var (caller, refused) = await AskAsync();
        Assert.Equal((null, "sign_in_unavailable", 503, 10), (caller, refused!.Code.Name, refused.Code.Status, refused.RetryAfter));
        await AskAsync();
        Assert.Equal(1, _directory.Asked);

        _directory.IsDown = false;
        _clock.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull((await AskAsync()).Caller);
    }

    [Fact]
    public async Task Known_keys_stay_good_for_a_day_while_the_directory_does_not_answer()
    {
        Assert.NotNull((await AskAsync()).Caller);
        _directory.IsDown = true;
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.NotNull((await AskAsync()).Caller);
        Assert.Equal(5, _directory.Asked);
        Assert.Equal("sign_in_unavailable", (
            await _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow()), keyId: "other"), default)).Refused!.Code.Name);
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal("sign_in_unavailable", (await AskAsync()).Refused!.Code.Name);
    }

    [Fact]
    public async Task Keys_are_not_fetched_in_the_clear_nor_from_another_directory()
    {
        _directory.KeysAt = "http://keys.example.org/keys";
        Assert.Equal("sign_in_unavailable", (await AskAsync()).Refused!.Code.Name);
        using var another = Over(_directory.Options with { Tenant = Guid.NewGuid() });
        Assert.Equal("sign_in_unavailable", (
            await another.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow())), default)).Refused!.Code.Name);
    }

    [Theory]
    [InlineData("EntraTenant", "contoso.onmicrosoft.com")]
    [InlineData("EntraAuthority", "http://login.microsoftonline.com")]
    [InlineData("EntraAuthority", "https://login.microsoftonline.com/common")]
    [InlineData("EntraAuthority", "login.microsoftonline.com")]
    [InlineData("EntraAudience", "")]
    [InlineData("EntraAudience", "friends.example.org")]
    [InlineData("EntraUserScopes", "all")]
    [InlineData("EntraUserScopes", "15")]
    [InlineData("EntraUserScopes", "read;write")]
    [InlineData("EntraTenant", "")]
    public void A_setting_that_means_nothing_stops_the_start(string name, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            [new("EntraTenant", $"{LocalDirectory.Tenant}"), new("EntraAudience", LocalDirectory.Audience)]).AddInMemoryCollection([new(name, value)])
            .Build();
        Assert.Contains($"'{(value.Length == 0 && name == "EntraTenant" ? "EntraAudience" : name)}'",
            Assert.Throws<StartUpException>(() => settings.Entra()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unset_there_is_no_directory_and_set_the_rest_has_its_defaults()
    {
        Assert.Null(new ConfigurationBuilder().Build().Entra());
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            [new("EntraTenant", $"{LocalDirectory.Tenant}"), new("EntraAudience", LocalDirectory.Audience), new("EntraUserScopes", "none")]).Build()
            .Entra()!;
        Assert.Equal(("https://login.microsoftonline.com/", Scopes.None), (settings.Authority.AbsoluteUri, settings.UserScopes));
    }

    private Task<(Caller? Caller, FriendCity.Http.Errors.Problem? Refused)> AskAsync() =>
        _tokens.AskAsync(_directory.Sign(LocalDirectory.V1(_clock.GetUtcNow())), default);

    private EntraTokens Over(EntraOptions options) => new(options, _clock, NullLogger<EntraTokens>.Instance);
}
