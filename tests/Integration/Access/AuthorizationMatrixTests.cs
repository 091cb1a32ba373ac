using FriendCity.Access;
using FriendCity.Http.Routing;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Access;

/// <summary>
/// Every method of every route against every kind of key. The routes come from the catalog and the expectations from the table
/// below, so a route without a line here fails.
/// </summary>
public sealed class AuthorizationMatrixTests(Azurite azurite)
{
    /// <summary>
    /// Method and route; the scope it needs (none: open to all); an address of that route, and what a caller who is let in gets there.
    /// </summary>
    private static readonly (string Method, string Route, Scopes? Needs, string Address, int Answer)[] Table =
        [.. Lines, .. Lines.Where(line => line.Method == "GET").Select(line => line with { Method = "HEAD" })];

    private static (string Method, string Route, Scopes? Needs, string Address, int Answer)[] Lines =>
    [
        .. RegistryTypes.All.All.SelectMany(type => OfType(type.Name)),
        ("GET", "api/v1/{type}/{id}/attachments/{name}", Scopes.Read, "/api/v1/cities/RULED/attachments/a.pdf", 404),
        ("PUT", "api/v1/{type}/{id}/attachments/{name}", Scopes.Write, "/api/v1/cities/RULED/attachments/a.pdf", 415),
        ("DELETE", "api/v1/{type}/{id}/attachments/{name}", Scopes.Write, "/api/v1/cities/RULED/attachments/a.pdf", 428),
        ("GET", "api/v1/exports/{type}", Scopes.Read, "/api/v1/exports/cities", 200),
        ("POST", "api/v1/imports/{type}", Scopes.Write, "/api/v1/imports/cities", 415),
        ("GET", "api/v1/imports/{type}/template.xlsx", Scopes.Read, "/api/v1/imports/cities/template.xlsx", 200),
        ("GET", "api/v1/operations/{id}/file", Scopes.Read, "/api/v1/operations/none/file", 404),
        ("GET", "api/v1/operations/{id}/report", Scopes.Read, "/api/v1/operations/none/report", 404),
        ("POST", "api/v1/batch", Scopes.Write, "/api/v1/batch", 415),
        ("GET", "api/v1/changes", Scopes.Read, "/api/v1/changes", 400),
        ("POST", "api/v1/{type}/{id}/revert", Scopes.Write, "/api/v1/cities/RULED/revert?version=1", 428),
        ("POST", "api/v1/{type}/{id}/{list}", Scopes.Write, "/api/v1/cities/RULED/otherChineseTies", 415),
        ("PATCH", "api/v1/{type}/{id}/{list}/{entry}", Scopes.Write, "/api/v1/cities/RULED/otherChineseTies/1", 415),
        ("DELETE", "api/v1/{type}/{id}/{list}/{entry}", Scopes.Write, "/api/v1/cities/RULED/otherChineseTies/1", 428),
        ("GET", "api/v1/snapshots", Scopes.Read, "/api/v1/snapshots", 200),
        ("POST", "api/v1/snapshots", Scopes.Run, "/api/v1/snapshots?date=2999-01-01", 400),
        ("GET", "api/v1/snapshots/{id}", Scopes.Read, "/api/v1/snapshots/none", 404),
        ("GET", "api/v1/snapshots/{id}/files/{name}", Scopes.Read, "/api/v1/snapshots/none/files/none", 404),
        ("GET", "api/v1/snapshots/{a}/compare/{b}", Scopes.Read, "/api/v1/snapshots/none/compare/none", 404),
        ("POST", "api/v1/snapshots/{id}/verify", Scopes.Run, "/api/v1/snapshots/none/verify", 404),
        ("GET", "api/v1/operations/{id}", Scopes.Read, "/api/v1/operations/none", 404),
        ("DELETE", "api/v1/operations/{id}", Scopes.Run, "/api/v1/operations/none", 404),
        ("GET", "api/v1/keys", Scopes.Admin, "/api/v1/keys", 200),
        ("POST", "api/v1/keys", Scopes.Admin, "/api/v1/keys", 415),
        ("GET", "api/v1/keys/{id}", Scopes.Admin, "/api/v1/keys/none", 404),
        ("DELETE", "api/v1/keys/{id}", Scopes.Admin, "/api/v1/keys/none", 404),
        ("POST", "api/v1/keys/{id}/rotate", Scopes.Admin, "/api/v1/keys/none/rotate", 404),
        ("GET", "api/v1/kpis", Scopes.Read, "/api/v1/kpis", 200),
        ("GET", "api/v1/kpis/{id}", Scopes.Read, "/api/v1/kpis/K03", 200),
        ("POST", "api/v1/kpis/K32/what-if", Scopes.Read, "/api/v1/kpis/K32/what-if", 415),
        ("GET", "api/v1/kpis/catalogue", Scopes.Read, "/api/v1/kpis/catalogue", 200),
        ("GET", "api/v1/kpis/compare", Scopes.Read, "/api/v1/kpis/compare?kpi=K03", 200),
        ("GET", "api/v1/kpis/{id}/rows", Scopes.Read, "/api/v1/kpis/K03/rows", 200),
        ("GET", "api/v1/kpis/{id}/series", Scopes.Read, "/api/v1/kpis/K03/series", 200),
        ("GET", "api/v1/alerts", Scopes.Read, "/api/v1/alerts", 200),
        ("GET", "api/v1/reports/{name}", Scopes.Read, "/api/v1/reports/briefing", 200),
        ("GET", "api/v1/anniversaries", Scopes.Read, "/api/v1/anniversaries", 200),
        ("GET", "api/v1/dashboard", Scopes.Read, "/api/v1/dashboard", 200),
        ("POST", "mcp", Scopes.Read, "/mcp", 415),
        ("GET", "odata/{*path}", Scopes.Read, "/odata/Cities", 200),
        ("GET", "powerbi", null, "/powerbi", 200),
        ("GET", "powerbi/connect.pbids", null, "/powerbi/connect.pbids", 200),
        ("GET", "powerbi/storage.pbids", null, "/powerbi/storage.pbids", 404),
        ("GET", "powerbi/project.zip", null, "/powerbi/project.zip", 200),
        ("GET", "powerbi/data/{*path}", Scopes.Read, "/powerbi/data/current.json", 404),
        ("GET", "docs", null, "/docs", 200),
        ("GET", "docs/{page}", null, "/docs/problems", 200),
        ("GET", "docs/assets/{name}", null, "/docs/assets/start.js", 200),
        ("GET", "openapi.json", null, "/openapi.json", 200),
        ("GET", "openapi.yaml", null, "/openapi.yaml", 200),
        ("GET", "health/{probe}", null, "/health/live", 200),
        ("GET", "dashboard/{*path}", null, "/dashboard", 200),
        ("GET", "{*path}", null, "/", 200),
        ("POST", "{*path}", null, "/", 405),
        ("PUT", "{*path}", null, "/nothing", 404),
        ("PATCH", "{*path}", null, "/health/live", 405),
        ("DELETE", "{*path}", null, "/docs/problems", 405),
        ("OPTIONS", "{*path}", null, "/api/v1/cities", 204),
    ];

    /// <summary>A record of the sample, or one that is not there where the sample has none.</summary>
    private static (string Method, string Route, Scopes? Needs, string Address, int Answer)[] OfType(string type)
    {
        var file = Path.Combine(Sample.Folder, $"{type}.json");
        var id = File.Exists(file) ? (string?)Json.Parse(File.ReadAllText(file))[0]!["id"] : null;
        var (item, found, unmet) = (id ?? "none", id is null ? 404 : 200, id is null ? 404 : 428);
        return
        [
            ("GET", "api/v1/{type}", Scopes.Read, $"/api/v1/{type}", 200),
            ("POST", "api/v1/{type}", Scopes.Write, $"/api/v1/{type}", 415),
            ("GET", "api/v1/{type}/{id}", Scopes.Read, $"/api/v1/{type}/{item}", found),
            ("PUT", "api/v1/{type}/{id}", Scopes.Write, $"/api/v1/{type}/{item}", 415),
            ("PATCH", "api/v1/{type}/{id}", Scopes.Write, $"/api/v1/{type}/{item}", 415),
            ("DELETE", "api/v1/{type}/{id}", Scopes.Write, $"/api/v1/{type}/{item}", unmet),
            ("GET", "api/v1/{type}/{id}/history", Scopes.Read, $"/api/v1/{type}/{item}/history", found),
            ("GET", "api/v1/{type}/{id}/attachments", Scopes.Read, $"/api/v1/{type}/{item}/attachments", found),
            ("POST", "api/v1/{type}/{id}/restore", Scopes.Write, $"/api/v1/{type}/{item}/restore", unmet),
        ];
    }

    /// <summary>An address of each route and each method it takes, of each type where it has one.</summary>
    internal static IEnumerable<(string Method, string Route, string Address)> Addresses => Table.Select(row => (row.Method, row.Route, row.Address));

    public static TheoryData<string, string> Routes() =>
        new(RouteTable.All.SelectMany(route => route.Methods.Select(method => (method, route.Route))));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_opens_to_the_scope_it_needs_and_to_no_other_key(string method, string route)
    {
        var lines = Table.Where(row => row.Method == method && row.Route == route).ToList();
        Assert.NotEmpty(lines);
        var app = await azurite.SampleOfficeAsync();
        using var client = app.NewClient();
        foreach (var (_, _, needs, address, answer) in lines)
        {
            Assert.True(route == "{*path}" || AccessPolicy.Names(method, new Uri(new Uri("http://localhost"), address).AbsolutePath),
                $"No line of the policy names {address}: it rests on the default.");
            foreach (var (kind, key, scopes) in await KeyRing.OfAsync(app))
            {
                var reply = await client.CallAsync(method, address, null, key is null ? [] : [("X-Api-Key", key)]);
                if (needs is not { } needed || scopes?.HasFlag(needed) == true)
                    Assert.True(answer == reply.Status, $"{kind}: {method} {address} {reply.Status} {reply.Text}");
                else if (method == "HEAD")
                    Assert.Equal((scopes is null ? 401 : 403, ""), (reply.Status, reply.Text));
                else if (scopes is null)
                    Assert.Equal("ApiKey realm=\"FriendCity\"", reply.IsProblem(401, "unauthenticated").Headers["WWW-Authenticate"]);
                else
                    reply.IsProblem(403, "forbidden");
                if (key?.Length > 0)
                    Assert.DoesNotContain(key, reply.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void The_table_has_no_line_for_a_route_that_is_gone() =>
        Assert.Empty(Table.Select(row => $"{row.Method} {row.Route}")
            .Except(RouteTable.All.SelectMany(route => route.Methods.Select(method => $"{method} {route.Route}"))));

    [Theory]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/favicon.ico", 404)]
    [InlineData("GET", "/swagger", 404)]
    [InlineData("GET", "/API", 404)]
    [InlineData("GET", "//api/v1/cities", 404)]
    [InlineData("GET", "/api//v1/cities", 404)]
    [InlineData("GET", "/healthz", 404)]
    [InlineData("GET", "/docsx/problems", 404)]
    [InlineData("GET", "/local.settings.json", 404)]
    [InlineData("POST", "/", 405)]
    [InlineData("POST", "/health/live", 405)]
    [InlineData("POST", "/dashboard", 405)]
    [InlineData("DELETE", "/docs/problems", 405)]
    [InlineData("TRACE", "/api/v1/cities", 404)]
    [InlineData("QUERY", "/api/v1/cities", 404)]
    public async Task What_no_line_of_the_policy_names_holds_nothing_for_anyone(string method, string path, int answer)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var (kind, key, _) in await KeyRing.OfAsync(app))
            Assert.Equal((kind, answer), (kind,
                await RawRequest.StatusAsync(app.Address, method, path, key is null ? "" : $"X-Api-Key: {key}\r\n")));
    }

    [Theory]
    [InlineData("GET", "/api/v1/cities/", "Read", 200)]
    [InlineData("GET", "/API/V1/cities", "Read", 200)]
    [InlineData("GET", "/Api/v1/cities/RULED/", "Read", 200)]
    [InlineData("GET", "/api/v1/cities//RULED", "Read", 404)]
    [InlineData("GET", "/api/v1/cities//", "Read", 404)]
    [InlineData("GET", "/dashboard/../api/v1/cities", "Read", 200)]
    [InlineData("GET", "/dashboard/%2e%2e/api/v1/cities", "Read", 200)]
    [InlineData("GET", "/health/../api/v1/cities/RULED", "Read", 200)]
    [InlineData("GET", "/docs/%2E./api/v1/cities", "Read", 200)]
    [InlineData("GET", "/api/v1/./cities", "Read", 200)]
    [InlineData("GET", "/%61pi/v1/cities", "Read", 200)]
    [InlineData("get", "/api/v1/cities", "Read", 200)]
    [InlineData("delete", "/api/v1/cities/RULED", "Write", 428)]
    [InlineData("Put", "/api/v1/cities/RULED", "Write", 415)]
    [InlineData("HEAD", "/api/v1/cities", "Read", 200)]
    [InlineData("HEAD", "/api/v1/cities/RULED", "Read", 200)]
    [InlineData("DELETE", "/API/V1/cities/RULED/", "Write", 428)]
    [InlineData("POST", "/api/v1/cities/RULED/Restore/", "Write", 428)]
    public async Task No_spelling_of_an_address_opens_it_to_another_key(string method, string path, string scope, int answer)
    {
        var app = await azurite.SampleOfficeAsync();
        var needed = Enum.Parse<Scopes>(scope);
        foreach (var (kind, key, scopes) in await KeyRing.OfAsync(app))
        {
            var status = await RawRequest.StatusAsync(app.Address, method, path, key is null ? "" : $"X-Api-Key: {key}\r\n");
            Assert.True((scopes is null ? 401 : scopes.Value.HasFlag(needed) ? answer : 403) == status, $"{kind}: {status}");
        }
    }

    [Theory]
    [InlineData("/dashboard/..%2fapi/v1/cities")]
    [InlineData("/dashboard/..%5capi/v1/cities")]
    [InlineData("/docs/..%2f..%2fapi%2fv1%2fcities")]
    [InlineData("/health/%2e%2e%2fapi%2fv1%2fcities")]
    [InlineData("//")]
    [InlineData("///")]
    public async Task No_odd_slash_leads_out_of_an_open_address(string path) =>
        Assert.Equal(404, await RawRequest.StatusAsync((await azurite.SampleOfficeAsync()).Address, "GET", path, ""));
}
