using System.Globalization;
using System.Net;
using System.Text.Json;

namespace FriendCity.Dev;

/// <summary>The service: its one-off commands, and itself under a Functions host.</summary>
/// <param name="func">Under the Functions Core Tools instead of the local host.</param>
internal sealed class Service(Folder folder, string storage, int port, bool func) : IDisposable
{
    // Only this machine is called, so a proxy setting does not concern us.
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://localhost:{port}/"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    public void Dispose() => http.Dispose();

    /// <summary>Loads the sample; the words are the importer's last line.</summary>
    public async Task<string> ImportAsync(CancellationToken stop) =>
        (await Steps.SucceedAsync("sample", folder, Command("import", folder.Samples), stop)).LastLine;

    public async Task<string> AddKeyAsync(CancellationToken stop)
    {
        var finished = await Steps.SucceedAsync("key", folder, Command("keys", "add", "developer", "--scopes", "read,write,run,admin"), stop);
        return finished.LastLine.StartsWith("fc_", StringComparison.Ordinal)
            ? finished.LastLine
            : throw new Refusal($"{finished.Output.TrimEnd()}\nThe service did not print a key.");
    }

    public Server Start() => new(folder, "service", (func ? CoreTools() : LocalHost()) with { Environment = Environment(), Log = folder.ServiceLog });

    private string Port => port.ToString(CultureInfo.InvariantCulture);

    private Launch LocalHost() => Tools.Dotnet(folder.HostBinary, "--app", folder.App, "--port", Port, "--settings", folder.Settings);

    /// <summary>The app is built already, and started in its output's folder.</summary>
    private Launch CoreTools() => new("func", ["start", "--no-build", "--script-root", folder.App, "--port", Port]);

    public async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var response = await http.GetAsync("health/ready", stop);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    public async Task<bool> AcceptsAsync(string key, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, "api/v1/kpis", key, stop);
        return response.StatusCode != HttpStatusCode.Unauthorized;
    }

    public async Task<string?> SnapshotAsync(string key, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Post, "api/v1/snapshots", key, stop);
        if (response.IsSuccessStatusCode) return null;
        var body = await response.Content.ReadAsStringAsync(stop);
        return $"refused with {(int)response.StatusCode}, see {folder.Shown(folder.ServiceLog)}: {body.ReplaceLineEndings(" ")}";
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string key, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Api-Key", key);
        return await http.SendAsync(request, stop);
    }

    private Launch Command(params string[] arguments) => Tools.Dotnet([folder.ServiceBinary, .. arguments]) with { Environment = Environment() };

    private Dictionary<string, string> Environment() => new(
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(folder.SampleSettings))!)
    {
        ["AzureWebJobsStorage"] = storage,
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["ChangesKeptDays"] = "1",
        ["AzureWebJobsDisableHomepage"] = "true",
    };
}
