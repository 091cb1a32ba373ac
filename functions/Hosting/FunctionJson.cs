using System.Reflection;
using System.Text;
using System.Text.Json;

namespace FriendCity.Hosting;

/// <summary>The function.json files the Functions host reads, written from the attributes so that the two cannot differ.</summary>
internal static class FunctionJson
{
    private const string FileName = "function.json";

    /// <summary>The command <c>--emit-functions</c>. Answers an exit code.</summary>
    public static int Emit(Assembly assembly, string folder)
    {
        try
        {
            WriteAll(FunctionCatalog.In(assembly), folder);
            return 0;
        }
        catch (StartUpException error)
        {
            Console.Error.WriteLine(error.Message);
            return FunctionsHost.CannotStart;
        }
    }

    public static void WriteAll(FunctionCatalog catalog, string folder)
    {
        RemoveStale(folder);
        foreach (var function in catalog.Functions)
        {
            var home = Directory.CreateDirectory(Path.Combine(folder, function.Name)).FullName;
            File.WriteAllText(Path.Combine(home, FileName), Write(function));
        }
    }

    public static string Write(Function function)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteStartArray("bindings");
            if (function.Http is { } http)
                WriteHttp(json, function, http);
            if (function.Timer is { } timer)
                WriteTimer(json, function, timer);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteHttp(Utf8JsonWriter json, Function function, HttpTriggerAttribute trigger)
    {
        WriteBindingStart(json, "httpTrigger", "in", function.Parameters[0].Name);
#pragma warning disable CA1308 // The host's own spelling is lower case.
        json.WriteString("authLevel", trigger.AuthLevel.ToString().ToLowerInvariant());
        json.WriteStartArray("methods");
        foreach (var method in trigger.Methods)
            json.WriteStringValue(method.ToLowerInvariant());
#pragma warning restore CA1308
        json.WriteEndArray();
        json.WriteString("route", function.Route);
        json.WriteEndObject();

        // Without this second binding the host would send its JSON envelope instead of the request.
        WriteBindingStart(json, "http", "out", "$return");
        json.WriteEndObject();
    }

    private static void WriteTimer(Utf8JsonWriter json, Function function, TimerTriggerAttribute trigger)
    {
        WriteBindingStart(json, "timerTrigger", "in", function.Parameters[0].Name);
        json.WriteString("schedule", trigger.Schedule);
        json.WriteBoolean("runOnStartup", trigger.RunOnStartup);
        json.WriteBoolean("useMonitor", trigger.UseMonitor);
        json.WriteEndObject();
    }

    private static void WriteBindingStart(Utf8JsonWriter json, string type, string direction, string name)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("direction", direction);
        json.WriteString("name", name);
    }

    // A publish into a used folder must not leave a renamed function behind: the host would go on calling it.
    private static void RemoveStale(string folder)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var home in Directory.GetDirectories(folder))
        {
            File.Delete(Path.Combine(home, FileName));
            if (!Directory.EnumerateFileSystemEntries(home).Any())
                Directory.Delete(home);
        }
    }
}
