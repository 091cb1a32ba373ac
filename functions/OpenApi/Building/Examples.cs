using System.Text.Json.Nodes;
using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.OpenApi.Building;

/// <summary>
/// Examples of each record type, embedded beside the code: the id of a record of the sample, a filter, a record that can be made beside those
/// of the sample, and a patch. A type without any has no examples.
/// </summary>
internal sealed class Examples
{
    private const string Resource = "openapi/examples.json";

    private readonly JsonObject _all = JsonNode.Parse(StaticFile.Embedded(typeof(Examples).Assembly, Resource))!.AsObject();

    public string? Id(RecordType type) => (string?)Of(type, "id");

    public string? Filter(RecordType type) => (string?)Of(type, "filter");

    public JsonNode? Create(RecordType type) => Of(type, "create")?.DeepClone();

    public JsonNode? Patch(RecordType type) => Of(type, "patch")?.DeepClone();

    private JsonNode? Of(RecordType type, string name) => _all[type.Name]?[name];
}
