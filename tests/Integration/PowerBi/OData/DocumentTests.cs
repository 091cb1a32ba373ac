using System.Xml.Linq;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Validation;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>The service document and the metadata: what a client reads before any row.</summary>
public sealed class DocumentTests(Azurite azurite)
{
    [Theory]
    [InlineData("/odata")]
    [InlineData("/odata/")]
    public async Task The_root_lists_every_set_with_or_without_a_slash(string path)
    {
        var app = await azurite.StarOfficeAsync();
        var reply = (await app.FeedAsync(path)).Is(200);
        Assert.Equal(Feed.ContentType, reply.Headers["Content-Type"]);
        Assert.Equal($"{app.Address}odata/$metadata", (string?)reply.Json["@odata.context"]);
        var sets = (JArray)reply.Json["value"]!;
        Assert.All(sets, set => Assert.Equal(((string?)set["name"], "EntitySet"), ((string?)set["url"], (string?)set["kind"])));
        var names = sets.Select(set => (string)set["name"]!).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Contains("ExchangeRates", names);
        Assert.True(names.Count >= RegistryTypes.All.All.Count);
        foreach (var name in names)
            Assert.NotNull((await app.FeedAsync($"/odata/{name}?$top=1")).Is(200).Json["value"]);
    }

    [Theory]
    [InlineData(Feed.PowerQueryAccept)]
    [InlineData("application/json")]
    [InlineData("*/*")]
    public async Task The_metadata_is_XML_whatever_the_caller_accepts(string accept)
    {
        var app = await azurite.StarOfficeAsync();
        var reply = (await app.FeedAsync("/odata/$metadata", ("Accept", accept))).Is(200);
        Assert.Equal("application/xml", reply.Headers["Content-Type"]);
        Assert.Equal("4.0", XDocument.Parse(reply.Text).Root!.Attribute("Version")!.Value);
    }

    [Fact]
    public async Task The_metadata_is_read_by_the_library_that_Power_Query_is_built_on()
    {
        var model = await ModelAsync();
        Assert.Equal(["FriendCity"], model.DeclaredNamespaces);
        foreach (var set in model.EntityContainer.EntitySets())
        {
            Assert.NotEmpty(set.EntityType.Key());
            Assert.All(set.EntityType.Key(), key => Assert.False(key.Type.IsNullable));
            Assert.All(set.EntityType.StructuralProperties(), property => Assert.Matches("^[A-Z][A-Za-z0-9]*$", property.Name));
            Assert.Matches("^[A-Z][A-Za-z0-9]*$", set.Name);
            Assert.False(set.EntityType.IsOpen);
            Assert.All(set.EntityType.StructuralProperties(), property => Assert.NotEqual(EdmTypeKind.Complex, property.Type.TypeKind()));
        }

        var planned = Type(model, "Projects").FindProperty("PlannedValue").Type.AsDecimal();
        Assert.Equal((18, 6, true), (planned.Precision, planned.Scale, planned.IsNullable));
        Assert.Equal("Edm.Date", Type(model, "Projects").FindProperty("StartDate").Type.FullName());
        Assert.Equal("Collection(Edm.String)", Type(model, "Projects").FindProperty("TagIds").Type.FullName());
        Assert.False(Type(model, "Projects").FindProperty("NameZh").Type.IsNullable);
    }

    [Fact]
    public async Task The_metadata_says_what_everything_is_called_and_what_the_feed_can_do()
    {
        var app = await azurite.StarOfficeAsync();
        var xml = XDocument.Parse((await app.FeedAsync("/odata/$metadata")).Text);
        var ns = xml.Descendants().First(each => each.Name.LocalName == "Schema").Name.Namespace;
        var city = xml.Descendants(ns + "EntitySet").Single(set => set.Attribute("Name")!.Value == "Cities");
        Assert.Contains(city.Elements(ns + "Annotation"), each => each.Attribute("Term")!.Value == "Org.OData.Core.V1.Description"
            && each.Attribute("String")!.Value == "Cities · 城市");
        Assert.All(xml.Descendants(ns + "Property"), property => Assert.Contains(property.Elements(),
            each => each.Attribute("Term")?.Value == "Org.OData.Core.V1.Description"));
        var promises = xml.Descendants(ns + "EntityContainer").Single().Elements(ns + "Annotation")
            .ToDictionary(each => each.Attribute("Term")!.Value.Split('.')[^1]);
        Assert.Equal("false", promises["AsynchronousRequestsSupported"].Attribute("Bool")!.Value);
        Assert.Equal("false", promises["CrossJoinSupported"].Attribute("Bool")!.Value);
        Assert.Equal("false", promises["BatchSupported"].Attribute("Bool")!.Value);
        Assert.Equal(["contains", "day", "endswith", "length", "month", "startswith", "tolower", "toupper", "trim", "year"],
            promises["FilterFunctions"].Descendants(ns + "String").Select(each => each.Value).Order(StringComparer.Ordinal));
        foreach (var set in xml.Descendants(ns + "EntitySet"))
            foreach (var (term, property) in new[] { ("Insert", "Insertable"), ("Update", "Updatable"), ("Delete", "Deletable"),
                ("Search", "Searchable") })
                Assert.Equal("false", Capability(set, term).Descendants(ns + "PropertyValue")
                    .Single(each => each.Attribute("Property")!.Value == property).Attribute("Bool")!.Value);
        // Each property that is not sortable is refused in an order, and each other taken.
        var unsorted = Capability(city, "Sort").Descendants(ns + "PropertyPath").Select(each => each.Value).ToHashSet();
        Assert.Contains("Note", unsorted);
        foreach (var name in xml.Descendants(ns + "EntityType").Single(type => type.Attribute("Name")!.Value == "CitiesRow").Elements(ns + "Property")
            .Select(each => each.Attribute("Name")!.Value))
            Assert.Equal(unsorted.Contains(name) ? 400 : 200, (await app.FeedAsync($"/odata/Cities?$top=1&$orderby={name}")).Status);
        Assert.Contains(city.Elements(ns + "Annotation"),
            each => each.Attribute("Term")!.Value.EndsWith("CountRestrictions", StringComparison.Ordinal));
        Assert.Contains(city.Elements(ns + "Annotation"),
            each => each.Attribute("Term")!.Value.EndsWith("ExpandRestrictions", StringComparison.Ordinal));
    }

    private static XElement Capability(XElement set, string name) =>
        set.Elements().Single(each => each.Attribute("Term")?.Value == $"Org.OData.Capabilities.V1.{name}Restrictions");

    [Fact]
    public async Task A_reference_leads_to_its_record_and_back()
    {
        var model = await ModelAsync();
        Assert.True(model.Validate(out var faults), string.Join("; ", faults));
        var city = Assert.IsAssignableFrom<IEdmNavigationProperty>(Type(model, "Projects").FindProperty("City"));
        var constraint = Assert.Single(city.ReferentialConstraint.PropertyPairs);
        Assert.Equal(("CityId", "Id", "Projects"), (constraint.DependentProperty.Name, constraint.PrincipalProperty.Name, city.Partner.Name));
        Assert.Equal((EdmMultiplicity.ZeroOrOne, EdmMultiplicity.Many, false),
            (city.TargetMultiplicity(), city.Partner.TargetMultiplicity(), city.ContainsTarget));
        Assert.Equal("Cities", model.EntityContainer.FindEntitySet("Projects").FindNavigationTarget(city).Name);
        foreach (var (set, way, target) in new[]
        {
            ("Projects", "Country", "Countries"), ("Projects", "Sector", "Sectors"), ("Projects", "Centre", "Centres"),
            ("Projects", "Platform", "Platforms"), ("Cities", "Country", "Countries"),
            ("RelationshipStages", "Relationship", "Relationships"), ("Relationships", "HomeCity", "Cities"), ("NetworkNodes", "City", "Cities"),
            ("Cities", "RelationshipsAsHomeCity", "Relationships"),
        })
            Assert.Equal(target, model.EntityContainer.FindEntitySet(set)
                .FindNavigationTarget((IEdmNavigationProperty)Type(model, set).FindProperty(way)).Name);
        var ways = model.EntityContainer.EntitySets().SelectMany(set => set.EntityType.NavigationProperties()).ToList();
        Assert.All(ways, way => Assert.Same(way, way.Partner.Partner));
        Assert.All(ways, way => Assert.True(way.ReferentialConstraint is not null || way.Partner.ReferentialConstraint is not null));
    }

    [Fact]
    public async Task Every_row_has_every_declared_property_and_empty_ones_are_null()
    {
        var app = await azurite.StarOfficeAsync();
        var model = await ModelAsync();
        foreach (var set in model.EntityContainer.EntitySets())
        {
            string[] declared = [.. set.EntityType.StructuralProperties().Select(property => property.Name)];
            foreach (var row in await app.RowsAsync($"/odata/{set.Name}?$top=500"))
            {
                Assert.Equal(declared, ((JObject)row).Properties().Select(property => property.Name));
                Assert.All(set.EntityType.StructuralProperties().Where(property => !property.Type.IsNullable),
                    property => Assert.NotEqual(JTokenType.Null, row[property.Name]!.Type));
            }
        }

        Assert.Contains(await app.RowsAsync("/odata/Cities"), row => row["Unlocode"]!.Type == JTokenType.Null);
    }

    private static IEdmEntityType Type(IEdmModel model, string set) => model.EntityContainer.FindEntitySet(set).EntityType;

    private async Task<IEdmModel> ModelAsync() => await FeedReader.ModelAsync(await azurite.StarOfficeAsync());
}
