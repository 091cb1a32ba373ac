using System.Text;
using FriendCity.Access;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Integration.Hosting;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Access;

public sealed class KeyTests(Azurite azurite)
{
    private const string Path = "/api/v1/cities/RULED";

    public static TheoryData<string, string?, string?, int> Places { get; } = new()
    {
        // {key}, {bad}, {long}, and Basic over text in {{ }}.
        { "header", "X-Api-Key: {key}", null, 200 },
        { "header, any case", "x-api-KEY: {key}", null, 200 },
        { "query", null, "code={key}", 200 },
        { "Basic", "Authorization: Basic {{any:{key}}}", null, 200 },
        { "Basic without a user", "Authorization: Basic {{:{key}}}", null, 200 },
        { "Basic, any case", "Authorization: bASIC {{any:{key}}}", null, 200 },
        { "Basic, Chinese user", "Authorization: Basic {{王岚:{key}}}", null, 200 },
        { "Basic beside a query without it", "Authorization: Bearer x.y.z", "code={key}", 200 },
        { "query twice", null, "code={key}&code={key}", 401 },
        { "query empty", null, "code=", 401 },
        { "user instead of password", "Authorization: Basic {{{key}:}}", null, 401 },
        { "Basic not encoded", "Authorization: Basic any:{key}", null, 401 },
        { "Basic cut", "Authorization: Basic a", null, 401 },
        { "Basic empty", "Authorization: Basic ", null, 401 },
        { "Basic too long", "Authorization: Basic {{{long}:{key}}}", null, 401 },
        { "Bearer", "Authorization: Bearer {key}", null, 401 },
        { "Basic with colons in the password", "Authorization: Basic {{apikey:x:{key}}}", null, 401 },
        { "Basic of Power BI", "Authorization: Basic {{apikey:{key}}}", null, 200 },
        { "cookie", "Cookie: X-Api-Key={key}", null, 401 },
        { "fragment of the key", "X-Api-Key: {key}x", null, 401 },
        { "wrong header beats good query", "X-Api-Key: {bad}", "code={key}", 401 },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_key_is_taken_from_three_places(string where, string? header, string? query, int status)
    {
        var app = await azurite.SampleOfficeAsync();
        string Fill(string text) => text.Replace("{key}", app.Key, StringComparison.Ordinal)
            .Replace("{long}", new string('a', 300), StringComparison.Ordinal).Replace("{bad}", AccessKey.New().Text, StringComparison.Ordinal);
        var filled = Fill(header ?? "X: y");
        if (filled.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at)
            filled = filled[..at] + Convert.ToBase64String(Encoding.UTF8.GetBytes(filled[(at + 2)..^2]));
        using var client = app.NewClient();
        var parts = filled.Split(": ", 2);
        var reply = await client.CallAsync("GET", query is null ? Path : $"{Path}?{Fill(query)}", null, [(parts[0], parts[1])]);
        Assert.True(status == reply.Status, $"{where}: {reply.Status} {reply.Text}");
    }

    [Fact]
    public async Task A_key_made_elsewhere_works_within_seconds_and_not_before_it_exists()
    {
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var here = await TestApp.OpenAsync(connection);
        await using var elsewhere = await TestApp.OpenAsync(connection);
        (await here.CallAsync("GET", "/api/v1/cities")).Is(200);
        var key = await elsewhere.KeyAsync("new", Scopes.Read);
        using var client = here.NewClient();
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while ((await client.CallAsync("GET", "/api/v1/cities", null, [("X-Api-Key", key)])).Status == 401)
            Assert.True(DateTime.UtcNow < deadline, "The key is still unknown.");
    }

    [Fact]
    public async Task A_key_is_seen_nowhere_but_where_it_was_made()
    {
        using var log = new LogCapture();
        await using var app = await azurite.OfficeAsync(sample: true, builder =>
        {
            // Whatever an operator may turn on.
            foreach (var category in new[] { "Default", "FriendCity", "Azure", "Microsoft.AspNetCore.Hosting.Diagnostics",
                "Microsoft.AspNetCore.Routing.Matching", "Microsoft.AspNetCore.Server.Kestrel" })
                builder.Configuration[$"Logging:LogLevel:{category}"] = "Trace";
        });
        app.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var keys = await KeyRing.OfAsync(app);
        using var client = app.NewClient();
        var seen = new StringBuilder();
        foreach (var (_, key, _) in keys.Where(each => each.Key?.Length > 0))
        {
            var basic = ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{key}")));
            foreach (var (method, path, body) in new[]
            {
                ("GET", "/api/v1/cities?$top=2", null), ("GET", "/api/v1/cities?x=1", null),
                ("POST", "/api/v1/cities", DraftTestApp.City().ToString()), ("POST", "/api/v1/cities", "{"),
                ("GET", "/api/v1/cities/NOWHERE", null), ("DELETE", Path, null), ("GET", "/api/v1/kpis", null), ("GET", "/nothing", (string?)null),
                ("GET", "/health/ready", null), ("GET", "/dashboard", null), ("GET", "/api/v1/keys", null), ("GET", $"{Path}/history", null),
                ("GET", "/api/v1/keys/none", null), ("POST", "/api/v1/keys/none/rotate", null), ("DELETE", "/api/v1/keys/none", null),
                ("GET", "/odata", null), ("GET", "/odata/$metadata", null), ("GET", "/odata/Cities?$top=2", null),
                ("GET", "/odata/Cities?$filter=x", null), ("GET", "/odata/Nothing", null),
                ("GET", "/powerbi", null), ("GET", "/powerbi/connect.pbids", null), ("GET", "/powerbi/storage.pbids", null),
                ("GET", "/powerbi/other", null), ("GET", "/powerbi/data/current.json", null),
            })
            {
                var withCode = $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}code={key}";
                foreach (var reply in new[] { await client.CallAsync(method, withCode, body, []),
                    await client.CallAsync(method, path, body, [("X-Api-Key", key!)]), await client.CallAsync(method, path, body, [basic]) })
                    seen.Append(reply.Text).AppendJoin('\n', reply.Headers);
            }
        }

        foreach (var line in log.Lines)
            seen.Append(line.Message).Append(line.Scopes);
        Assert.Contains(log.Lines, line => line.Message.Contains("/api/v1/cities", StringComparison.Ordinal));
        Assert.Contains("nextLink", seen.ToString(), StringComparison.Ordinal);
        Assert.All(keys.Where(each => each.Key?.Length > 20),
            each => Assert.DoesNotContain(each.Key![^32..], seen.ToString(), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Only_the_hash_of_a_key_is_stored()
    {
        var app = await azurite.SampleOfficeAsync();
        var rows = new List<string>();
        await foreach (var page in app.Services.GetRequiredService<ITableStorage>().QueryAsync("access", new TableRange("keys"), null, default))
            rows.AddRange(page.Select(row => row.RowKey + string.Join('|', row.Columns)));
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.DoesNotContain(app.Key[^32..], row, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_does_not_print_itself()
    {
        var key = AccessKey.New();
        Assert.DoesNotContain(key.Text[^32..], $"{key}", StringComparison.Ordinal);
        Assert.NotEqual(key.Text, AccessKey.New().Text);
    }

    [Theory]
    [InlineData("/NightlySnapshot")]
    [InlineData("/nightlysnapshot")]
    [InlineData("/ResumeOperations")]
    [InlineData("/api/NightlySnapshot")]
    public async Task A_timer_has_no_address(string path)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var (_, key, _) in await KeyRing.OfAsync(app))
            Assert.Equal(404, await RawRequest.StatusAsync(app.Address, "POST", path,
                $"X-Azure-Functions-InvocationId: 1\r\n{(key is null ? "" : $"X-Api-Key: {key}\r\n")}"));
    }
}
