using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using FriendCity.Dashboard.Data;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>The answer that feeds the page, worked out from the sample as the service does it. A test changes what it is about.</summary>
internal static class SamplePage
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    public static async Task<JsonObject> AnswerAsync(HttpRequest request) => await AnswerAsync(
        request.Query["view"] == "now" ? Sample.Views.Now : Sample.Article, request.Query["asOf"].ToString(), request.Query["lang"] != "en");

    public static async Task<JsonObject> AnswerAsync(KpiPreset view, string asOf = "", bool chinese = false) =>
        Answer(await SampleRegistry.LoadAsync(), view, asOf, chinese);

    /// <summary>A registry just set up.</summary>
    public static async Task<JsonObject> EmptyAsync(bool chinese) =>
        Answer(await SampleRegistry.LoadAsync((type, _) => type is "scopes" or "countries"), Sample.Views.Now, "", chinese);

    public static JsonObject Problem(int status, string title, string? detail = null, string? code = null) =>
        new() { ["type"] = "about:blank", ["status"] = status, ["title"] = title, ["detail"] = detail, ["code"] = code };

    public static JsonObject Figure(JsonObject answer, string kpi, string? part = null) => answer["figures"]!.AsArray()
        .Select(figure => figure!.AsObject()).First(figure => (string?)figure["kpi"] == kpi && (string?)figure["part"] == part);

    public static JsonObject Rows() => new()
    {
        ["count"] = 1,
        ["value"] = new JsonArray(new JsonObject
        {
            ["dimensions"] = new JsonObject(),
            ["type"] = "relationships",
            ["id"] = "R01",
            ["source"] = "public",
            ["amount"] = 1,
            ["fields"] = new JsonObject { ["stages/0/date"] = "2006-11-14" },
        }),
        ["reference"] = new JsonArray(),
    };

    public static JsonObject Moves() => new()
    {
        ["value"] = new JsonArray(new JsonObject
        {
            ["kpi"] = "K03",
            ["dimensions"] = new JsonObject(),
            ["rows"] = new JsonArray(new JsonObject { ["kind"] = "entered", ["type"] = "relationships", ["id"] = "R10" }),
        }),
    };

    private static JsonObject Answer(RegistrySnapshot registry, KpiPreset view, string asOf, bool chinese)
    {
        var day = asOf.Length == 0 ? view.AsOf ?? Today : DateOnly.ParseExact(asOf, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var asked = new KpiRequest(day, view.ScopeId, view.Scenarios, view.BaselineOf(day), null, KpiContext.StandardWindow) { View = view };
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            new DashboardPage(asked, Today, chinese ? Language.Chinese : Language.English).Write(writer, asked.On(registry));
        return JsonNode.Parse(bytes.WrittenSpan)!.AsObject();
    }
}
