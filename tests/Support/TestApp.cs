using System.Net.Http.Headers;
using System.Text;
using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.Serialization;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Integration.OpenApi;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Support;

/// <summary>
/// The real worker behind a local Functions host, over the real emulator, in this process, on a port and in a storage account of its own.
/// </summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly InProcessWorker _app;

    private TestApp(InProcessWorker app, string key)
    {
        _app = app;
        Key = key;
        Address = app.Host.Address;
        Client = NewClient();
        Client.DefaultRequestHeaders.Add("X-Api-Key", key);
    }

    public Uri Address { get; }

    /// <summary>A key with all scopes.</summary>
    public string Key { get; }

    /// <summary>Sends <see cref="Key"/> with each request.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Address and key, as the pages for partners name them to programs.</summary>
    public IReadOnlyDictionary<string, string> AsEnvironment() =>
        new Dictionary<string, string> { ["FRIENDCITY_URL"] = Address.AbsoluteUri.TrimEnd('/'), ["FRIENDCITY_KEY"] = Key };

    /// <summary>What the host has logged: its own lines and the worker's.</summary>
    public IReadOnlyCollection<string> HostLog => _app.Lines;

    /// <summary>An office with an empty registry, or with the sample.</summary>
    public static async Task<TestApp> OpenAsync(string connectionString, bool sample = false, Action<IHostApplicationBuilder>? replace = null)
    {
        var app = await InProcessWorker.StartAsync(typeof(FriendCityServices).Assembly, builder => builder.ConfigureFriendCity(settings =>
        {
            settings.Configuration["AzureWebJobsStorage"] = connectionString;
            settings.Configuration["Views"] = Sample.Settings["Views"];
            replace?.Invoke(settings);
            // The tests share a machine and an emulator that answers one at a time: its silence alone is no fault.
            settings.Services.TryAddSingleton(StorageOptions.Default with { SilenceTimeout = StorageOptions.Default.RequestTimeout });
            // Tests show thousands of keys that are none; what becomes of those is a test of its own.
            settings.Services.TryAddSingleton(SignInOptions.Default with { Burst = 1_000_000 });
        }));
        if (sample)
            Assert.Empty((await app.Services.GetRequiredService<Importer>().RunAsync(Sample.Folder, "import", default)).Faults);
        var key = await app.Services.GetRequiredService<AccessKeys>().AddAsync("tests", (Scopes)15, null, default);
        return new TestApp(app, key.Text);
    }

    /// <summary>A client without a key. Every answer it gets is held against the document of this service.</summary>
    /// <param name="transport">What sends; one of its own where none is given.</param>
    public HttpClient NewClient(HttpMessageHandler? transport = null) =>
        new(new ContractHandler(() => Contract.Of(Services.GetRequiredService<RecordTypes>()), transport ?? new SocketsHttpHandler()))
        {
            BaseAddress = Address,
        };

    /// <summary>For <see cref="OpenAsync"/>: a snapshot waits for no write to settle, as nobody writes meanwhile.</summary>
    public static void Hasty(IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero });

    /// <summary>For <see cref="OpenAsync"/>: storage may be silent as long as for an office, and no longer.</summary>
    public static void Impatient(IHostApplicationBuilder builder) => builder.Services.AddSingleton(StorageOptions.Default);

    /// <summary>Makes a snapshot of a day; the answer is its id.</summary>
    public async Task<string> PublishAsync(DateOnly day, bool provisional = false) =>
        Assert.IsType<SnapshotOutcome.Published>(await Services.GetRequiredService<SnapshotRun>()
            .RunAsync(new(day, provisional, Once: false), default)).Manifest.Id;

    public async Task<string> KeyAsync(string name, Scopes scopes) =>
        (await Services.GetRequiredService<AccessKeys>().AddAsync(name, scopes, null, default)).Text;

    /// <summary>A GET that must succeed, as a tree.</summary>
    public async Task<JObject> GetAsync(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"GET {path}: {(int)response.StatusCode} {text}");
        return (JObject)Json.Parse(text);
    }

    /// <summary>Any request, with the body as tree; an empty one is null.</summary>
    public async Task<Answer> SendAsync(string method, string path, string? body = null, string? ifMatch = null,
        string mediaType = "application/json", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(
                body))
            { Headers = { ContentType = MediaTypeHeaderValue.Parse(mediaType) } };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, response.Headers.ETag?.ToString(), response.Headers.Location,
            response.Content.Headers.ContentType?.MediaType,
            text.Length == 0 ? null : Json.Parse(text) as JObject);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal sealed record Answer(int Status, string? ETag, Uri? Location, string? MediaType, JObject? Body)
{
    /// <summary>The problem's stable code.</summary>
    public string? Code => (string?)Body?["code"];

    /// <summary>The problem's faults as <c>pointer rule</c>.</summary>
    public IReadOnlyList<string> Faults => [.. (Body?["errors"] ?? new JArray()).Select(error => $"{error["pointer"]} {error["rule"]}")];
}
