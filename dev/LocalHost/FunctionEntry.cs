using System.Text.Json;
using FriendCity.LocalHost.Rpc;

namespace FriendCity.LocalHost;

/// <summary>A function as the worker describes it: by the raw JSON of its trigger.</summary>
internal sealed record FunctionEntry(RpcFunctionMetadata Metadata, string Parameter, HttpTrigger? Http, TimerTrigger? Timer)
{
    public string Name => Metadata.Name;

    public string Id => Metadata.FunctionId;

    /// <summary>Null when its trigger is of a kind this host does not know.</summary>
    public static FunctionEntry? Read(RpcFunctionMetadata metadata)
    {
        foreach (var raw in metadata.RawBindings)
        {
            using var json = JsonDocument.Parse(raw);
            var binding = json.RootElement.EnumerateObject()
                .ToDictionary(property => property.Name, property => property.Value, StringComparer.OrdinalIgnoreCase);
            var parameter = Text("name") ?? "";
            switch (Text("type")?.ToUpperInvariant())
            {
                case "HTTPTRIGGER":
                    var methods = binding.TryGetValue("methods", out var list) ? list.EnumerateArray().Select(method => method.GetString()!) : [];
                    return new FunctionEntry(metadata, parameter, new HttpTrigger(Text("route") ?? metadata.Name, [.. methods]), null);
                case "TIMERTRIGGER":
                    var timer = new TimerTrigger(Text("schedule") ?? "", Flag("runOnStartup", false), Flag("useMonitor", true));
                    return new FunctionEntry(metadata, parameter, null, timer);
            }

            string? Text(string name) => binding.TryGetValue(name, out var value) ? value.GetString() : null;

            bool Flag(string name, bool otherwise) => binding.TryGetValue(name, out var value) ? value.GetBoolean() : otherwise;
        }

        return null;
    }
}

/// <param name="Methods">None: all of them.</param>
internal sealed record HttpTrigger(string Route, IReadOnlyList<string> Methods);

internal sealed record TimerTrigger(string Schedule, bool RunOnStartup, bool UseMonitor);
