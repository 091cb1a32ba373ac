using System.Text;
using System.Xml;
using FriendCity.Kpis.Model;
using FriendCity.PowerBi.OData.Star;
using FriendCity.PowerBi.OData.WideSets;
using FriendCity.Records;
using FriendCity.Snapshots.Contracts;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>
/// What the feed says of itself: the record types and their lists, the wide sets, the tables of the star; every set's key, types and
/// descriptions, and the ways between records. One schema, nothing of 4.01.
/// </summary>
internal sealed class FeedModel
{
    public const string Namespace = "FriendCity";
    private const string ListOf = "list of ";
    private const string ReferenceTo = "reference to ";

    private readonly Dictionary<string, (FeedSet Set, EdmEntitySet Edm)> _byName = [];
    private readonly ILookup<string, FeedNavigation> _navigations;

    public FeedModel(RecordTypes types, KpiPresets presets, OfficeCalendar calendar)
    {
        IReadOnlyList<LiveSet> records = [.. types.All.SelectMany(LiveSet.Of)];
        var none = RegistrySnapshot.Empty(types);
        Sets = [.. records, ProjectsWithCity.In(none), new CitiesWithTie(presets.Now, calendar).In(none), .. SnapshotTables.All.Select(StarSet.Of),
            StarSet.KpiLatest()];
        var ways = FeedNavigations.Of(records);
        _navigations = ways.SelectMany(way => ((string, FeedNavigation)[])[(way.From.Name, way.There), (way.There.Target.Name, way.Back)])
            .ToLookup(each => each.Item1, each => each.Item2);

        var model = new EdmModel();
        var container = new EdmEntityContainer(Namespace, "Feed");
        foreach (var set in Sets)
            _byName.Add(set.Name, (set, container.AddEntitySet(set.Name, Type(model, set))));
        foreach (var (from, there, back) in ways)
            FeedNavigations.Add(_byName[from.Name].Edm, _byName[there.Target.Name].Edm, there, back);
        model.AddElement(container);
        foreach (var (set, edm) in _byName.Values)
            FeedAnnotations.Describe(model, edm, set, [.. NavigationsOf(set)]);
        FeedAnnotations.Promise(model, container);
        (Edm, Csdl) = (model, Write(model));
    }

    public IReadOnlyList<FeedSet> Sets { get; }

    public IEdmModel Edm { get; }

    /// <summary>The metadata document, UTF-8.</summary>
    public byte[] Csdl { get; }

    public FeedSet? Find(string name) => _byName.TryGetValue(name, out var found) ? found.Set : null;

    public IEdmEntitySet EdmOf(FeedSet set) => _byName[set.Name].Edm;

    /// <summary>The ways from a set's rows to others.</summary>
    public IEnumerable<FeedNavigation> NavigationsOf(FeedSet set) => _navigations[set.Name];

    /// <summary>An entity type beside its set; the name tells them apart.</summary>
    private static EdmEntityType Type(EdmModel model, FeedSet set)
    {
        var type = model.AddEntityType(Namespace, $"{set.Name}Row");
        foreach (var property in set.Properties)
            type.AddStructuralProperty(property.Name, Reference(property.Kind, !property.Required));
        type.AddKeys(set.Key.Select(name => (IEdmStructuralProperty)type.FindProperty(name)));
        return type;
    }

    private static IEdmTypeReference Reference(string kind, bool nullable)
    {
        var core = EdmCoreModel.Instance;
        return kind switch
        {
            "integer" => core.GetInt64(nullable),
            "ratio" => core.GetDouble(nullable),
            "decimal" => core.GetDecimal(18, 6, nullable),
            "date" => core.GetDate(nullable),
            "flag" => core.GetBoolean(nullable),
            "instant" => core.GetTemporal(EdmPrimitiveTypeKind.DateTimeOffset, 3, nullable),
            "text" or "code" => core.GetString(nullable),
            // A way that may lead nowhere starts, in OData, from a property that may be null.
            _ when kind.StartsWith(ReferenceTo, StringComparison.Ordinal) => core.GetString(isNullable: true),
            // A list without items is [], never null, and neither is an item.
            _ when kind.StartsWith(ListOf, StringComparison.Ordinal) => EdmCoreModel.GetCollection(
                kind[ListOf.Length..] is var item && item.StartsWith(ReferenceTo, StringComparison.Ordinal)
                    ? core.GetString(isNullable: false) : Reference(item, nullable: false)),
            _ => throw new ArgumentException($"The feed has no type for '{kind}'.", nameof(kind)),
        };
    }

    private static byte[] Write(IEdmModel model)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException(
                    $"The feed's model cannot be written: {string.Join("; ", errors.Select(error => error.ErrorMessage))}");
        return bytes.ToArray();
    }
}
