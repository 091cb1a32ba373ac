using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using FriendCity.Dashboard;
using FriendCity.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>The dashboard function on a real server, with an API beside it that answers what the test says.</summary>
internal sealed class DashboardSite : IAsyncDisposable
{
    public const string Key = "fc_test-key_1234567890";

    private readonly WebApplication app;

    private DashboardSite(WebApplication app) => this.app = app;

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>What <c>/api/v1/dashboard</c> answers: the sample's figures, unless a test says otherwise.</summary>
    public Func<HttpRequest, Task<JsonObject>> Data { get; set; } = SamplePage.AnswerAsync;

    public static async Task<DashboardSite> StartAsync(string? defaultView = null, string? contact = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Views"] = Sample.Settings["Views"];
        builder.Configuration["DefaultView"] = defaultView;
        builder.Configuration["KeyContact"] = contact;
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
        var settings = app.Services.GetRequiredService<IConfiguration>();
        var functions = new DashboardFunctions(settings.Views(), settings.KeyContact());
        app.Use((context, next) =>
        {
            Requests.Enqueue(context.Request.Path + context.Request.QueryString);
            return next(context);
        });
        app.MapGet("dashboard/{*path}", (HttpRequest request, string? path, CancellationToken cancellationToken) => functions.Page(request, path,
            cancellationToken));
        app.MapGet("api/v1/dashboard", request => AnswerAsync(request, Data));
        app.MapGet("api/v1/kpis/{id}/rows", request => AnswerAsync(request, Rows));
        app.MapGet("api/v1/kpis/compare", request => AnswerAsync(request, Moves));
    }

    private static Task<JsonObject> Rows(HttpRequest request) => Task.FromResult(SamplePage.Rows());

    private static Task<JsonObject> Moves(HttpRequest request) => Task.FromResult(SamplePage.Moves());

    private static async Task AnswerAsync(HttpContext context, Func<HttpRequest, Task<JsonObject>> answer)
    {
        var body = context.Request.Headers["X-Api-Key"] == Key
            ? await answer(context.Request)
            : SamplePage.Problem((int)HttpStatusCode.Unauthorized, "The key is not known.", code: "unauthenticated");
        context.Response.StatusCode = body["status"]?.GetValue<int>() ?? StatusCodes.Status200OK;
        context.Response.Headers.ETag = body.ContainsKey("status") ? null : $"\"{body.ToJsonString().GetHashCode(StringComparison.Ordinal)}\"";
        if (context.Request.Headers.IfNoneMatch == context.Response.Headers.ETag && !body.ContainsKey("status"))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await context.Response.WriteAsJsonAsync(body, options: null, contentType: body.ContainsKey("status")
            ? "application/problem+json" : "application/json");
    }
}
