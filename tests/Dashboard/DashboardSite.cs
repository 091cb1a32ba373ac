using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using FriendCity.Dashboard;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Dashboard;

/// <summary>The dashboard function on a real server, with an API beside it that answers what the test says.</summary>
internal sealed class DashboardSite : IAsyncDisposable
{
    public const string Key = "fc_test-key_1234567890";

    private readonly WebApplication app;

    private DashboardSite(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<string> Requests { get; } = new();

    public Func<HttpRequest, Task<JsonObject>> Kpis { get; set; } = _ => Task.FromResult(CannedRegistry.Kpis());

    public Func<JsonObject> Countries { get; set; } = CannedRegistry.Countries;

    public Func<JsonObject> Scopes { get; set; } = CannedRegistry.Scopes;

    public static async Task<DashboardSite> StartAsync(string? defaultView = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["DefaultView"] = defaultView;
        var server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        var site = new DashboardSite(server);
        site.Map();
        await server.StartAsync();
        site.Address = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return site;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Map()
    {
        var functions = new DashboardFunctions(app.Services.GetRequiredService<IConfiguration>(), null!);
        app.Use((context, next) =>
        {
            Requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return next(context);
        });
        app.MapGet("dashboard/{*path}", (HttpRequest request, string? path, CancellationToken cancellationToken) => functions.Page(request, path,
            cancellationToken));
        app.MapGet("api/v1/kpis", request => AnswerAsync(request, Kpis));
        app.MapGet("api/v1/countries", request => AnswerAsync(request, Once(() => Countries())));
        app.MapGet("api/v1/scopes", request => AnswerAsync(request, Once(() => Scopes())));
    }

    private static Func<HttpRequest, Task<JsonObject>> Once(Func<JsonObject> answer) => _ => Task.FromResult(answer());

    private static async Task AnswerAsync(HttpContext context, Func<HttpRequest, Task<JsonObject>> answer)
    {
        var body = context.Request.Headers["X-Api-Key"] == Key
            ? await answer(context.Request)
            : CannedRegistry.Problem((int)HttpStatusCode.Unauthorized, "The key is not known.", code: "unauthorized");
        context.Response.StatusCode = body["status"]?.GetValue<int>() ?? StatusCodes.Status200OK;
        await context.Response.WriteAsJsonAsync(body, options: null, contentType: body.ContainsKey("status")
            ? "application/problem+json" : "application/json");
    }
}
