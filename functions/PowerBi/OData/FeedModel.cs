using System.Text;
using System.Xml;
using FriendCity.Records;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace FriendCity.PowerBi.OData;

/// <summary>What the feed says of itself, made of the record types and their lists: one schema, every set's key, types and descriptions, nothing of 4.01.</summary>
internal sealed class FeedModel
{
    public const string Namespace = "FriendCity";
    private const string ListOf = "list of ";

    private readonly Dictionary<string, (FeedSet Set, EdmEntitySet Edm)> _byName = [];

    public FeedModel(RecordTypes types)
    {
        Sets = [.. types.All.SelectMany(FeedSet.Of)];
        var model = new EdmModel();
        var container = new EdmEntityContainer(Namespace, "Feed");
        foreach (var set in Sets)
            _byName.Add(set.Name, (set, container.AddEntitySet(set.Name, Type(model, set))));
        model.AddElement(container);
        foreach (var (set, edm) in _byName.Values)
            FeedAnnotations.Describe(model, edm, set);
        FeedAnnotations.Promise(model, container);
        (Edm, Csdl) = (model, Write(model));
    }

    public IReadOnlyList<FeedSet> Sets { get; }

    public IEdmModel Edm { get; }

    /// <summary>The metadata document, UTF-8.</summary>
    public byte[] Csdl { get; }

    public FeedSet? Find(string name) => _byName.TryGetValue(name, out var found) ? found.Set : null;

    public IEdmEntitySet EdmOf(FeedSet set) => _byName[set.Name].Edm;

    /// <summary>An entity type beside its set; the name tells them apart.</summary>
    private static EdmEntityType Type(EdmModel model, FeedSet set)
    {
        var type = model.AddEntityType(Namespace, $"{set.Name}Row");
        foreach (var property in set.Properties)
            type.AddStructuralProperty(property.Name, Reference(property.Kind, !property.Required));
        type.AddKeys((IEdmStructuralProperty)type.FindProperty("Id"));
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
            _ when kind.StartsWith("reference to ", StringComparison.Ordinal) => core.GetString(nullable),
            // A list without items is [], never null.
            _ when kind.StartsWith(ListOf, StringComparison.Ordinal) => EdmCoreModel.GetCollection(Reference(kind[ListOf.Length..], nullable: false)),
            _ => throw new ArgumentException($"The feed has no type for '{kind}'.", nameof(kind)),
        };
    }

    private static byte[] Write(IEdmModel model)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
            if (!CsdlWriter.TryWriteCsdl(model, xml, CsdlTarget.OData, out var errors))
                throw new InvalidOperationException($"The feed's model cannot be written: {string.Join("; ", errors.Select(error => error.ErrorMessage))}");
        return bytes.ToArray();
    }
}
