using System.Text;
using System.Text.Json.Nodes;
using FriendCity.Access;
using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using FriendCity.Kpis.Definitions;
using FriendCity.OpenApi;
using FriendCity.OpenApi.Building;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.OpenApi;

/// <summary>What the document says, against the routes, the record definitions and the policy it is made of.</summary>
public sealed class DocumentTests(Azurite azurite)
{
    private static readonly Lazy<JsonObject> Document = new(() => JsonNode.Parse(new ApiDocument(RegistryTypes.All, Sample.Views).Json.Content)!.AsObject());

    private static JsonObject Schemas => Document.Value["components"]!["schemas"]!.AsObject();

    [Fact]
    public void Every_method_of_every_route_is_in_it_and_nothing_else_is()
    {
        DocumentBuilder.Build(RegistryTypes.All, Sample.Views, out var operations);
        var routes = RouteTable.All.Where(route => route.Name != RouteTable.Fallback)
            .SelectMany(route => route.Methods.Where(method => method != "HEAD").Select(method => $"{method} {route.Name}"));
        Assert.Equal(routes.Append("GET ZFallback").Order(StringComparer.Ordinal),
            operations.Select(each => $"{each.Method} {each.Function}").Distinct().Order(StringComparer.Ordinal));
        Assert.All(operations, each => Assert.NotNull(RouteTable.All.Single(route => route.Name == each.Function)
            .Match(each.Path.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal))));
    }

    [Fact]
    public void Every_operation_says_its_scope_and_refuses_as_the_policy_does()
    {
        foreach (var (path, item) in Document.Value["paths"]!.AsObject())
            foreach (var (method, operation) in item!.AsObject())
            {
                var needed = AccessPolicy.Needs(method.ToUpperInvariant(), path);
                var scopes = operation!["security"]!.AsArray().SelectMany(way => way!.AsObject().Single().Value!.AsArray()).Select(scope =>
                    (string?)scope)
                    .Distinct();
                Assert.Equal(needed is null ? [] : [needed.ToString()!.ToLowerInvariant()], scopes);
                Assert.Equal(needed is not null, operation["responses"]!.AsObject().ContainsKey("401"));
            }
    }

    [Fact]
    public void Every_problem_code_is_said_by_some_operation() =>
        Assert.Empty(Problems.All.Select(code => code.Name).Except(Document.Value["components"]!["responses"]!.AsObject()
            .SelectMany(response => response.Value!["x-problem-codes"]!.AsArray().Select(code => (string)code!)))
            // Of addresses that take no such method, of operations, and of a write in a batch.
            .Except(["method_not_allowed", "snapshot_running", "snapshot_failed", "import_refused", "max_affected", "batch_stopped"]));

    [Fact]
    public void Every_field_has_its_type_limits_codes_and_both_languages()
    {
        foreach (var type in RegistryTypes.All.All)
            foreach (var name in new[] { type.EntityName, $"{type.EntityName}ListItem", $"{type.EntityName}Input", $"{type.EntityName}Patch" })
                Check(type.Members, Schemas[name]!["properties"]!.AsObject());

        static void Check(IEnumerable<Field> fields, JsonObject properties)
        {
            foreach (var field in fields)
            {
                var schema = properties[field.Name]!;
                Assert.Contains(field.Label.En, (string?)schema["description"], StringComparison.Ordinal);
                Assert.Contains(field.Label.Zh, (string?)schema["description"], StringComparison.Ordinal);
                Assert.Equal(field.IsPersonal, schema["x-personal-data"] is not null);
                Assert.Equal(field.Unit is not null, schema["x-unit"] is not null);
                var value = field.Domain is ValueDomain.List ? schema["items"]! : schema;
                switch (field.Domain is ValueDomain.List list ? list.Item : field.Domain)
                {
                    case ValueDomain.Code { Codes: var codes }:
                        Assert.Equal(codes, value["enum"]!.AsArray().OfType<JsonNode>().Select(code => (string)code!));
                        Assert.All(codes, code => Assert.Equal($"{codes.Label(code)!.En} · {codes.Label(code)!.Zh}",
                            (string?)value["x-enumDescriptions"]![code]));
                        break;
                    case ValueDomain.Text { MaxLength: var max }:
                        Assert.Equal(max, (int)value["maxLength"]!);
                        break;
                    case ValueDomain.Reference { Type: var type }:
                        Assert.Equal(type, (string?)value["x-references"]);
                        break;
                    case ValueDomain.Entry { Name: var entry, Fields: var inner }:
                        Check(inner, Schemas[((string)value["$ref"]!).Split('/')[^1]]!["properties"]!.AsObject());
                        Assert.StartsWith(entry, ((string)value["$ref"]!).Split('/')[^1], StringComparison.Ordinal);
                        break;
                }
            }
        }
    }

    [Fact]
    public void Every_number_of_a_record_has_a_unit() =>
        Assert.Empty(RegistryTypes.All.All.SelectMany(type => Fields(type.Members).Select(field => (type.Name, Field: field)))
            .Where(each => each.Field.Domain is ValueDomain.Integer or ValueDomain.Ratio or ValueDomain.Money && each.Field.Unit is null)
            .Select(each => $"{each.Name}.{each.Field.Name}"));

    [Fact]
    public void Named_persons_are_marked() =>
        Assert.Equal(
            [
                "activities.headOfDelegationId", "directives.issuedById", "official-roles.personNameEn", "official-roles.personNameZh",
                    "sources.author",
            ],
            RegistryTypes.All.All.SelectMany(type =>
                Fields(type.Members).Where(field => field.IsPersonal).Select(field => $"{type.Name}.{field.Name}"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Figures_are_named() => Assert.Equal(KpiCatalogue.All.Concat(KpiCatalogue.Panels).Select(kpi => kpi.Id),
        Schemas["KpiValue"]!["properties"]!["kpi"]!["enum"]!.AsArray().Select(id => (string)id!));

    [Fact]
    public async Task It_is_open_to_all_and_not_sent_twice()
    {
        using var client = (await azurite.SampleOfficeAsync()).NewClient();
        foreach (var (path, type, begin) in new[]
        {
            ("/openapi.json", "application/json; charset=utf-8", "{\"openapi\":\"3.1"),
                ("/openapi.yaml", "application/yaml; charset=utf-8", "openapi: '3.1"),
        })
        {
            var first = (await client.CallAsync("GET", path, null, [])).Is(200);
            Assert.Equal(type, first.Headers["Content-Type"]);
            Assert.StartsWith(begin, first.Text, StringComparison.Ordinal);
            (await client.CallAsync("GET", path, null, [("If-None-Match", first.ETag!)])).Is(304);
            (await client.CallAsync("GET", $"{path}?x=1", null, [])).IsProblem(400, "bad_parameter");
        }
    }

    [Fact]
    public void The_same_definitions_give_the_same_bytes() =>
        Assert.Equal(Encoding.UTF8.GetString(new ApiDocument(RegistryTypes.All, Sample.Views).Yaml.Content),
            Encoding.UTF8.GetString(new ApiDocument(RegistryTypes.All, Sample.Views).Yaml.Content));

    private static IEnumerable<Field> Fields(IEnumerable<Field> fields) =>
        fields.SelectMany(field => field.Domain is ValueDomain.List { Item: ValueDomain.Entry { Fields: var inner } } ? Fields(inner) : [field]);
}
