using System.Text.Json;
using System.Text.Json.Nodes;
using FriendCity.Kpis.Api;
using FriendCity.RecordsApi;
using FriendCity.Reports;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace FriendCity.Agents;

/// <summary>
/// What an agent can ask. Every tool answers what the API answers, from the same functions: so each number has its day, its scope and its
/// evidence, and a refusal its code.
/// </summary>
internal sealed class AgentTools(IServiceProvider services)
{
    public const string Instructions =
        "Figures and records of a city's friend cities. Quote a number only with its asOf, scope and evidence as the tool gave them; "
        + "illustrative evidence is no fact.";

    private static readonly string[] Figures = ["view", "asOf", "scope", "scenarios", "baseline", "knownAt", "window"];

    private static readonly (string Name, string About, string[] Needs, string[] Takes)[] Tools =
    [
        ("list_figures", "All figures with value, unit, rows, evidence, as-of day and scope. · 全部指标。", [], Figures),
        ("explain_figure", "One figure (kpi such as K03): its value, definition, the records behind it, and what moved it between two days "
            + "(from, to; by default since the baseline). · 解释一项指标。", ["kpi"], [.. Figures, "from", "to"]),
        ("find_records", "Records of a type such as cities, relationships or projects, by $filter (docs/lists.md), search words and number (top). "
            + "· 查找记录。", ["type"], ["filter", "search", "orderby", "top", "knownAt"]),
        ("alerts", "What somebody should look at. · 警示。", [], [.. Figures, "severity", "codes"]),
        ("briefing", "The office's sentences with the day's numbers; lang is en or zh. · 简报。", [], [.. Figures, "lang"]),
    ];

    private readonly KpiFunctions _kpis = ActivatorUtilities.CreateInstance<KpiFunctions>(services);
    private readonly AlertFunctions _alerts = ActivatorUtilities.CreateInstance<AlertFunctions>(services);
    private readonly ReportFunctions _reports = ActivatorUtilities.CreateInstance<ReportFunctions>(services);
    private readonly RecordFunctions _records = ActivatorUtilities.CreateInstance<RecordFunctions>(services);

    public IReadOnlyList<Tool> All { get; } = [.. Tools.Select(each => new Tool
    {
        Name = each.Name,
        Description = each.About,
        InputSchema = Schema(each.Needs, each.Takes),
        Annotations = new ToolAnnotations { ReadOnlyHint = true, OpenWorldHint = false },
    })];

    public async Task<CallToolResult> CallAsync(HttpRequest outer, string name, IDictionary<string, JsonElement>? given,
        CancellationToken cancellationToken)
    {
        var tool = Array.Find(Tools, each => each.Name == name);
        if (tool.Name is null)
            throw new McpProtocolException($"There is no tool '{name}'.", McpErrorCode.InvalidParams);
        var arguments = (given ?? new Dictionary<string, JsonElement>()).ToDictionary(each => each.Key, each => Word(each.Key, each.Value));
        if (arguments.Keys.Except([.. tool.Needs, .. tool.Takes]).FirstOrDefault() is { } odd)
            throw new McpProtocolException($"{name} takes {string.Join(", ", [.. tool.Needs, .. tool.Takes])}, not '{odd}'.",
                McpErrorCode.InvalidParams);
        if (tool.Needs.FirstOrDefault(need => !arguments.ContainsKey(need)) is { } missing)
            throw new McpProtocolException($"{name} needs '{missing}'.", McpErrorCode.InvalidParams);
        var call = new InnerCall(outer, arguments, services.GetRequiredService<ILogger<InnerCall>>());
        var parts = name switch
        {
            "list_figures" => [("figures", await call.GetAsync("/api/v1/kpis", Figures, http => _kpis.Values(http, cancellationToken)))],
            "explain_figure" => await ExplainAsync(call, arguments["kpi"], cancellationToken),
            "find_records" => [("records", await call.GetAsync($"/api/v1/{arguments["type"]}", tool.Takes,
                http => _records.Collection(http, arguments["type"], cancellationToken)))],
            "alerts" => [("alerts", await call.GetAsync("/api/v1/alerts", tool.Takes, http => _alerts.Alerts(http, cancellationToken)))],
            _ => new (string, (int Status, JsonNode? Json))[]
            {
                ("briefing", await call.GetAsync("/api/v1/reports/briefing", tool.Takes,
                    http => _reports.Report(http, "briefing", cancellationToken))),
            },
        };
        var refused = parts.Where(part => part.Item2.Status >= 400).Select(part => part.Item2.Json).FirstOrDefault();
        var answer = refused ?? new JsonObject(parts.Select(part => KeyValuePair.Create(part.Item1, part.Item2.Json)));
        return new CallToolResult
        {
            IsError = refused is not null,
            Content = [new TextContentBlock { Text = answer.ToJsonString(InnerCall.Readable) }],
        };
    }

    private async Task<(string, (int Status, JsonNode? Json))[]> ExplainAsync(InnerCall call, string kpi, CancellationToken cancellationToken)
    {
        var value = await call.GetAsync($"/api/v1/kpis/{kpi}", Figures, http => _kpis.Value(http, kpi, cancellationToken));
        var catalogue = await call.GetAsync("/api/v1/kpis/catalogue", [], http => _kpis.Catalogue(http, cancellationToken));
        var definition = catalogue.Json?["value"]?.AsArray().FirstOrDefault(each => (string?)each!["kpi"] == kpi)?.DeepClone();
        return
        [
            ("value", value),
            ("definition", (catalogue.Status, definition)),
            ("rows", await call.GetAsync($"/api/v1/kpis/{kpi}/rows", Figures, http => _kpis.Rows(http, kpi, cancellationToken))),
            ("compare", await call.GetAsync("/api/v1/kpis/compare", ["kpi", "view", "asOf", "scope", "scenarios", "baseline", "window", "from", "to"],
                http => _kpis.Compare(http, cancellationToken))),
        ];
    }

    private static string Word(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        _ => throw new McpProtocolException($"'{name}' is text or a number.", McpErrorCode.InvalidParams),
    };

    private static JsonElement Schema(string[] needs, string[] takes) => JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(needs.Concat(takes).Select(each => KeyValuePair.Create(each, (JsonNode?)new JsonObject
        {
            ["type"] = each is "top" or "window" ? "integer" : "string",
        }))),
        ["required"] = new JsonArray([.. needs.Select(each => (JsonNode)each)]),
        ["additionalProperties"] = false,
    });
}
