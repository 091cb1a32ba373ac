using FriendCity.Access;
using FriendCity.Agents;
using FriendCity.Storage;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Agents;

/// <summary>The registry as an agent's client sees it: the client of the protocol's own library.</summary>
public sealed class McpTests(Azurite azurite)
{
    [Fact]
    public async Task An_agent_lists_the_tools_and_every_one_answers_what_the_API_answers()
    {
        var app = await azurite.SampleOfficeAsync();
        await using var agent = await ClientAsync(app, await app.KeyAsync("agent", Scopes.Read));
        Assert.Equal("alerts briefing explain_figure find_records list_figures",
            string.Join(' ', (await agent.ListToolsAsync()).Select(tool => tool.Name).Order(StringComparer.Ordinal)));

        foreach (var (tool, part, path) in new[]
        {
            ("list_figures", "figures", "/api/v1/kpis?view=article"), ("alerts", "alerts", "/api/v1/alerts?view=article"),
            ("briefing", "briefing", "/api/v1/reports/briefing?view=article"),
        })
            Assert.Equal((await app.GetAsync(path)).ToString(), (await AskAsync(agent, tool, ("view", "article")))[part]!.ToString());

        var explained = await AskAsync(agent, "explain_figure", ("kpi", "K03"), ("view", "article"));
        Assert.Equal("13 2024-03-25 SCO17_ARTICLE 6", string.Join(' ', explained["value"]!["values"]![0]!["value"], explained["value"]!["asOf"],
            explained["value"]!["scope"], explained["value"]!["values"]![0]!["evidence"]!["illustrative"]));
        Assert.Equal("K03", (string?)explained["definition"]!["kpi"]);
        Assert.Equal(13, explained["rows"]!["value"]!.Count());
        Assert.NotNull(explained["compare"]!["value"]);

        var found = await AskAsync(agent, "find_records", ("type", "cities"), ("filter", "countryId eq 'KZ'"), ("top", 1));
        Assert.Equal("KZ", (string?)Assert.Single(found["records"]!["value"]!)["countryId"]);
    }

    [Fact]
    public async Task What_an_agent_asks_wrongly_is_refused_with_the_reason()
    {
        var app = await azurite.SampleOfficeAsync();
        await using var agent = await ClientAsync(app, app.Key);
        Assert.Equal("not_found", (string?)(await RefusedAsync("explain_figure", ("kpi", "K999")))["code"]);
        Assert.Equal("bad_parameter",
            (string?)(await RefusedAsync("find_records", ("type", "cities"), ("filter", "nope eq 1")))["code"]);
        foreach (var (tool, name) in new[] { ("nothing", "x"), ("alerts", "code"), ("explain_figure", "view") })
            await Assert.ThrowsAsync<McpProtocolException>(() => agent.CallToolAsync(tool, new Dictionary<string, object?> { [name] = "article" }).AsTask());

        (await app.CallAsync("POST", "/mcp", "{}")).IsProblem(400, "bad_request");
        (await app.CallAsync("POST", "/mcp", "[]")).IsProblem(422, "invalid");
        (await app.CallAsync("GET", "/mcp")).IsProblem(405, "method_not_allowed");

        async Task<JObject> RefusedAsync(string tool, params (string Name, object Value)[] arguments)
        {
            var result = await agent.CallToolAsync(tool, arguments.ToDictionary(each => each.Name, each => (object?)each.Value));
            Assert.True(result.IsError);
            return JObject.Parse(Text(result));
        }
    }

    [Fact]
    public async Task What_fails_behind_a_tool_has_the_code_that_the_API_gives_it()
    {
        var http = new DefaultHttpContext { RequestServices = (await azurite.SampleOfficeAsync()).Services };
        http.Features.Set(new Caller("agent", Scopes.Read));
        var call = new InnerCall(http.Request, new Dictionary<string, string>(), NullLogger<InnerCall>.Instance);
        var (status, json) = await call.GetAsync("/api/v1/kpis", [], _ => throw new StorageException("It is silent."));
        Assert.Equal((503, "storage_unavailable"), (status, (string?)json!["code"]));
    }

    private static async Task<McpClient> ClientAsync(TestApp app, string key)
    {
        var http = app.NewClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", key);
        HttpClientTransportOptions options = new() { Endpoint = new Uri(app.Address, "mcp"), TransportMode = HttpTransportMode.StreamableHttp };
        HttpClientTransport transport = new(options, http, ownsHttpClient: true);
        return await McpClient.CreateAsync(transport);
    }

    private static async Task<JObject> AskAsync(McpClient agent, string tool, params (string Name, object Value)[] arguments)
    {
        var result = await agent.CallToolAsync(tool, arguments.ToDictionary(each => each.Name, each => (object?)each.Value));
        Assert.True(result.IsError is not true, Text(result));
        return (JObject)FriendCity.Serialization.Json.Parse(Text(result));
    }

    private static string Text(CallToolResult result) => Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
}
