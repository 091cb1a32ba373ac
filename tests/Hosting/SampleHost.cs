using System.Net;
using System.Text;
using FriendCity.Hosting;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Hosting;

/// <summary>The sample functions over a real server at a free port.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SampleHost(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public TimerCalls Calls => _app.Services.GetRequiredService<TimerCalls>();

    public LogCapture Logs => _app.Services.GetRequiredService<LogCapture>();

    public static Task<SampleHost> BehindTheFunctionsHostAsync() => StartAsync(HostMode.HandlerPortSetting);

    public static Task<SampleHost> StandAloneAsync() => StartAsync(HostMode.PortSetting);

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        change?.Invoke(request);
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static async Task<SampleHost> StartAsync(string portSetting)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [portSetting] = "0",
            ["NightlySchedule"] = "0 0 2 * * *",
        });
        builder.Services.AddSingleton<TimerCalls>().AddSingleton<TimeProvider>(new FakeClock(DateTimeOffset.UnixEpoch));
        builder.AddFunctions(FunctionCatalog.Of([typeof(SampleFunctions), typeof(UnbindableFunctions)]));
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<LogCapture>().AddSingleton<ILoggerProvider>(services => services.GetRequiredService<LogCapture>());
        var app = builder.Build();
        app.MapFunctions();
        await app.StartAsync();
        return new SampleHost(app);
    }
}
