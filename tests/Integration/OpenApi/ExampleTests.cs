using System.Text.Json.Nodes;
using FriendCity.OpenApi;
using FriendCity.Registry;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>The document's examples work on the sample, type by type and figure by figure.</summary>
public sealed class ExampleTests(Azurite azurite)
{
    private static readonly Lazy<JsonObject> Document = new(() => JsonNode.Parse(new ApiDocument(RegistryTypes.All, Sample.Views).Json.Content)!.AsObject());

    public static TheoryData<string> Types { get; } = [.. RegistryTypes.All.All.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task The_filter_of_a_type_finds_records_and_the_id_is_one(string type)
    {
        var app = await azurite.SampleOfficeAsync();
        var list = Operation($"/api/v1/{type}", "get");
        var filter = Parameter(list, "$filter")["example"];
        var select = (string)Parameter(list, "$select")["example"]!;
        if (filter is null)
        {
            Assert.False(File.Exists(Path.Combine(Sample.Folder, $"{type}.json")), $"{type} has sample records and no example.");
            return;
        }

        var page = (await app.CallAsync("GET",
            $"/api/v1/{type}?$filter={Uri.EscapeDataString((string)filter!)}&$select={select}&$orderby=id%20desc&$count=true")).Is(200);
        Assert.InRange((int)page.Json["count"]!, 1, 1000);
        var item = Operation($"/api/v1/{type}/{{id}}", "get");
        (await app.CallAsync("GET", $"/api/v1/{type}/{Parameter(item, "id")["example"]}")).Is(200);
    }

    [Fact]
    public async Task Records_can_be_made_and_changed_as_the_examples_do()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        foreach (var type in RegistryTypes.All.All)
        {
            if (Body($"/api/v1/{type.Name}", "post", "application/json") is not { } create)
                continue;
            var made = await app.CallAsync("POST", $"/api/v1/{type.Name}", create.ToJsonString());
            Assert.True(made.Status == 201, $"{type.Name}: {made.Status} {made.Text}");
            var patch = Body($"/api/v1/{type.Name}/{{id}}", "patch", ApiClient.MergePatch)!.ToJsonString();
            var changed = await app.CallAsync("PATCH", $"/api/v1/{type.Name}/{made.Json["id"]}", patch, "\"1\"", ApiClient.MergePatch);
            Assert.True(changed.Status == 200, $"{type.Name}: {changed.Status} {changed.Text}");
            (await app.CallAsync("GET", $"/api/v1/{type.Name}/{made.Json["id"]}/history")).Is(200);
            (await app.CallAsync("DELETE", $"/api/v1/{type.Name}/{made.Json["id"]}", etag: "\"2\"")).Is(204);
        }
    }

    [Fact]
    public async Task Figures_are_answered_for_every_example()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var (path, item) in Document.Value["paths"]!.AsObject())
        {
            if (!(path.StartsWith("/api/v1/kpis", StringComparison.Ordinal) || path is "/api/v1/alerts" or "/api/v1/anniversaries"
                || path.StartsWith("/api/v1/reports", StringComparison.Ordinal)))
                continue;
            foreach (var (method, operation) in item!.AsObject())
            {
                var parameters = operation!["parameters"]?.AsArray().Select(Resolved).Where(each => each["example"] is not null).ToList() ?? [];
                var address = parameters.Where(each => (string?)each["in"] == "path")
                    .Aggregate(path, (text, each) => text.Replace($"{{{each["name"]}}}", (string)each["example"]!, StringComparison.Ordinal));
                var query = string.Join('&', parameters.Where(each => (string?)each["in"] == "query")
                    .Select(each => $"{each["name"]}={Uri.EscapeDataString((string)each["example"]!)}"));
                var reply = await app.CallAsync(method.ToUpperInvariant(), $"{address}?{query}",
                    method == "post" ? Body(path, method, "application/json")!.ToJsonString() : null);
                Assert.True(reply.Status == 200, $"{method} {address}?{query}: {reply.Status} {reply.Text}");
            }
        }
    }

    private static JsonNode Operation(string path, string method) => Document.Value["paths"]![path]![method]!;

    private static JsonNode? Body(string path, string method, string mediaType) =>
        Operation(path, method)["requestBody"]!["content"]![mediaType]!["example"];

    private static JsonNode Parameter(JsonNode operation, string name) =>
        operation["parameters"]!.AsArray().Select(Resolved).Single(each => (string?)each["name"] == name);

    private static JsonNode Resolved(JsonNode? parameter) => (string?)parameter!["$ref"] is { } reference
        ? Document.Value["components"]!["parameters"]![reference.Split('/')[^1]]! : parameter;
}
