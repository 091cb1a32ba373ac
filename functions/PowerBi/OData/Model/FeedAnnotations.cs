using FriendCity.Messages;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>What the metadata says besides types: descriptions in both languages, and what the feed can and cannot do.</summary>
internal static class FeedAnnotations
{
    private const string Capabilities = "Org.OData.Capabilities.V1.";
    private const string Description = "Org.OData.Core.V1.Description";

    /// <summary>What a filter may call; anything else is answered with 501.</summary>
    private static readonly string[] Functions = ["contains", "startswith", "endswith", "tolower", "toupper", "trim", "length", "year", "month",
        "day"];

    public static void Describe(EdmModel model, EdmEntitySet edm, FeedSet set, IReadOnlyList<FeedNavigation> ways)
    {
        Add(model, edm, Description, Text(set.Type.Label));
        foreach (var property in set.Properties)
            Add(model, edm.EntityType.FindProperty(property.Name), Description, Text(property.Label, property.Codes));
        foreach (var way in ways)
            Add(model, edm.EntityType.FindProperty(way.Name), Description, way.Many ? Text(way.Target.Type.Label) : Text(way.Field.Label));
        Add(model, edm, Capabilities + "CountRestrictions", Record(("Countable", true)));
        Add(model, edm, Capabilities + "ExpandRestrictions", Record(("Expandable", ways.Count > 0)));
        Add(model, edm, Capabilities + "InsertRestrictions", Record(("Insertable", false)));
        Add(model, edm, Capabilities + "UpdateRestrictions", Record(("Updatable", false)));
        Add(model, edm, Capabilities + "DeleteRestrictions", Record(("Deletable", false)));
        Add(model, edm, Capabilities + "SearchRestrictions", Record(("Searchable", false)));
        var unsorted = set.Properties.Where(property => !set.Sorts(property)).Select(property => new EdmPropertyPathExpression(property.Name));
        var unsortable = new EdmPropertyConstructor("NonSortableProperties", new EdmCollectionExpression(unsorted));
        Add(model, edm, Capabilities + "SortRestrictions", new EdmRecordExpression(unsortable));
    }

    public static void Promise(EdmModel model, EdmEntityContainer container)
    {
        Add(model, container, Capabilities + "AsynchronousRequestsSupported", new EdmBooleanConstant(false));
        Add(model, container, Capabilities + "CrossJoinSupported", new EdmBooleanConstant(false));
        Add(model, container, Capabilities + "BatchSupported", new EdmBooleanConstant(false));
        Add(model, container, Capabilities + "FilterFunctions", new EdmCollectionExpression(Functions.Select(name => new EdmStringConstant(name))));
    }

    private static EdmStringConstant Text(Text label, IReadOnlyList<string>? codes = null) =>
        new(codes is null ? $"{label.En} · {label.Zh}" : $"{label.En} · {label.Zh}: {string.Join(", ", codes)}");

    private static EdmRecordExpression Record((string Name, bool Value) property) =>
        new(new EdmPropertyConstructor(property.Name, new EdmBooleanConstant(property.Value)));

    private static void Add(EdmModel model, IEdmVocabularyAnnotatable target, string term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, model.FindTerm(term), value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
