using System.Text;
using FriendCity.Access;

namespace FriendCity.Tests.Unit.Access;

/// <summary>What a request shows of its sender, and how scopes and keys are written; without a server.</summary>
public sealed class CredentialTests
{
    /// <summary>What stands in {{ }} is sent in base64. Null is "nothing shown", which is told apart from an empty or unreadable showing.</summary>
    public static TheoryData<string?, string?, string?, string?, string?> Shown { get; } = new()
    {
        // X-Api-Key, Authorization, query; key, token
        { null, null, null, null, null },
        { "k", "Basic {{u:p}}", "code=c", "k", null },
        { "", "Bearer t", "code=c", "", null }, // shown empty, it is shown
        { null, "Basic {{u:p}}", "code=c", "p", null },
        { null, "bASIC {{王岚:p}}", null, "p", null },
        { null, "Basic {{p}}", null, "p", null },
        { null, "Basic {{:}}", null, "", null },
        { null, "Basic {{u:p:q}}", null, "p:q", null },
        { null, "Basic ?", "code=c", "", null },
        { null, "Basic", "code=c", "c", null },
        { null, "Bearer t", "code=c", "c", null },
        { null, "Bearer t", "code=", null, "t" },
        { null, "bearer  t ", null, null, "t" },
        { null, "Bearer", null, null, "" },
        { null, "Bearer ", null, null, "" },
        { null, "Bearert", null, null, null },
        { null, "Digest t", null, null, null },
    };

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_key_wins_over_a_token_and_the_header_over_all(string? apiKey, string? authorization, string? query, string? key, string? token)
    {
        var request = new DefaultHttpContext { Request = { QueryString = new QueryString(query is null ? "" : $"?{query}") } }.Request;
        if (apiKey is not null)
            request.Headers["X-Api-Key"] = apiKey;
        if (authorization?.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at)
            authorization = authorization[..at] + Convert.ToBase64String(Encoding.UTF8.GetBytes(authorization[(at + 2)..^2]));
        if (authorization is not null)
            request.Headers.Authorization = authorization;
        var credentials = Credentials.Of(request);
        Assert.Equal((key, token), (credentials.Key, credentials.Token));
        Assert.Equal("Credentials", credentials.ToString());
    }

    /// <summary>A password of Basic has room for a user of any usual length; what is longer is none.</summary>
    [Theory]
    [InlineData(253, "pw")]
    [InlineData(254, "")]
    public void A_password_of_Basic_is_read_up_to_256_bytes(int user, string password)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{new string('u', user)}:pw"));
        Assert.Equal(password, Credentials.Of(request).Key);
    }

    [Theory]
    [InlineData("read", "Read")]
    [InlineData("READ, write", "Read, Write")]
    [InlineData("read,write,run,admin", "Read, Write, Run, Admin")]
    [InlineData("run,run", "Run")]
    [InlineData("", null)]
    [InlineData("read,", null)]
    [InlineData("read,all", null)]
    [InlineData("all,read", null)]
    [InlineData("15", null)]
    [InlineData("none", null)]
    public void Scopes_are_names_and_nothing_else(string list, string? scopes)
    {
        var known = ScopeNames.TryParse(list, out var parsed);
        Assert.Equal(scopes, known ? parsed.ToString() : null);
    }

    [Fact]
    public void All_scopes_are_named() => Assert.Equal("read, write, run, admin", ScopeNames.All);

    [Fact]
    public void A_key_is_read_back_from_its_text_and_from_nothing_else()
    {
        var key = AccessKey.New();
        Assert.Equal(("fc_", 45, 10), (key.Text[..3], key.Text.Length, key.Id.Length));
        Assert.Equal(key.Text[3..13], key.Id);
        Assert.True(AccessKey.TryParse(key.Text, out var read));
        Assert.Equal(key, read);
        Assert.Equal(key.Hash(), read.Hash());
        var (secret, cut) = (key.Text[3..], key.Text[..^1]);
        foreach (var other in new[] { null, "", "fc_", cut, key.Text + "0", "FC_" + secret, "xx_" + secret, cut + "u", cut + "é",
            "fc_!" + secret[1..] })
        {
            Assert.False(AccessKey.TryParse(other, out var none));
            Assert.Null(none);
        }
    }

    [Theory]
    [InlineData("https://login.example", true)]
    [InlineData("http://127.0.0.1:8080", true)]
    [InlineData("http://localhost", true)]
    [InlineData("http://login.example", false)]
    [InlineData("ftp://localhost", false)]
    public void Who_may_come_in_is_not_asked_in_the_clear(string address, bool trusted) =>
        Assert.Equal(trusted, EntraOptions.IsTrusted(new Uri(address)));
}
