using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using FriendCity.LocalHost;

const string Usage = """
    Runs a Functions app (.NET isolated worker) under a local host.
    usage: dotnet FriendCity.LocalHost.dll --app FOLDER --port N [--settings FILE]
      --app       the app's build output or publish, with host.json and worker.config.json
      --port      the port to listen on; 0 takes a free one
      --settings  local.settings.json, whose Values are settings; the environment wins
    Ends with 0 when stopped, 1 when the app cannot run, 2 on wrong arguments.
    """;

var given = new Dictionary<string, string>();
var wellFormed = args.Length % 2 == 0;
for (var i = 0; i + 1 < args.Length; i += 2)
    wellFormed &= args[i] is "--app" or "--port" or "--settings" && given.TryAdd(args[i], args[i + 1]);
if (!wellFormed || !given.TryGetValue("--app", out var app) || !Directory.Exists(app)
    || !int.TryParse(given.GetValueOrDefault("--port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65535)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

try
{
    var settings = given.TryGetValue("--settings", out var file) ? Values(file) : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        settings[(string)variable.Key] = (string?)variable.Value ?? "";
    var stopped = new TaskCompletionSource();
    using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

    await using var host = await LocalFunctionsHost.StartAsync(new LocalHostOptions
    {
        AppFolder = app,
        Port = port,
        Settings = settings,
        Storage = settings.GetValueOrDefault("AzureWebJobsStorage") is { Length: > 0 } storage ? storage : null,
        HostId = settings.GetValueOrDefault("AzureFunctionsWebHost__hostid") ?? "localhost",
    });
    await await Task.WhenAny(host.ReadyAsync(), host.Failed, stopped.Task);
    if (!stopped.Task.IsCompleted)
        Console.WriteLine($"Functions host listening at http://localhost:{host.Address.Port}");
    await await Task.WhenAny(stopped.Task, host.Failed);
    return 0;

    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stopped.TrySetResult();
    }
}
catch (Exception error)
{
    await Console.Error.WriteLineAsync($"The app cannot run: {error.Message}");
    return 1;
}

static Dictionary<string, string> Values(string file)
{
    var lenient = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    using var json = JsonDocument.Parse(File.ReadAllText(file), lenient);
    var values = json.RootElement.TryGetProperty("Values", out var found) ? found.EnumerateObject() : default;
    return values.ToDictionary(value => value.Name, value => value.Value.ToString(), StringComparer.OrdinalIgnoreCase);
}
