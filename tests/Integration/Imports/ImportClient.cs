using System.Text;
using FriendCity.Operations;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Imports;

/// <summary>Imports a file over HTTP and waits for its end.</summary>
internal static class ImportClient
{
    public const string Csv = "text/csv";
    public const string Ndjson = "application/x-ndjson";
    public const string JsonArray = "application/json";
    public const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static async Task<ImportEnd> ImportAsync(this TestApp app, string type, byte[] file, string mediaType = Csv, string query = "",
        params (string Name, string Value)[] headers)
    {
        var begun = (await app.CallAsync("POST", $"/api/v1/imports/{type}{query}", file, null, mediaType, headers)).Is(202);
        var address = new Uri(begun.Headers["Location"]).AbsolutePath;
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        return new(await app.GetAsync(address), (await app.CallAsync("GET", $"{address}/report")).Is(200).Json, begun);
    }

    public static Task<ImportEnd> ImportAsync(this TestApp app, string type, string text, string mediaType = Csv, string query = "",
        params (string Name, string Value)[] headers) => app.ImportAsync(type, Encoding.UTF8.GetBytes(text), mediaType, query, headers);
}

/// <summary>An import that is over.</summary>
internal sealed record ImportEnd(JObject Operation, JObject Report, Reply Begun)
{
    public string State => (string)Operation["state"]!;

    public string? Error => (string?)Operation["error"]?.SelectToken("code");

    /// <summary>Inserted, updated, unchanged, skipped for differing, skipped for being deleted, refused.</summary>
    public string Counts => Operation["import"] is JObject counts
        ? string.Join(' ', new[] { "inserted", "updated", "unchanged", "skippedDiffers", "skippedDeleted", "refused" }.Select(name => counts[name])) : "";

    /// <summary>The report, each place and rule once, as <c>sheet row column pointer rule</c>; what is absent is a dash.</summary>
    public string Faults => string.Join("; ", Report["value"]!.Select(fault =>
        $"{Said(fault["sheet"])} {fault["row"]} {Said(fault["column"])} {Said(fault["pointer"])} {fault["rule"]}").Distinct());

    public ImportEnd Succeeded()
    {
        Assert.True(State == "succeeded", $"{Operation} {Report}");
        return this;
    }

    private static string Said(JToken? token) => token is JValue { Value: string { Length: > 0 } text } ? text : "-";
}
