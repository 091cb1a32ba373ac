using FriendCity.Records.Schemas;
using Microsoft.OData.Edm;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>The ways between sets: each single reference of a row gives one there, to the record, and its partner back.</summary>
internal static class FeedNavigations
{
    private const string ReferenceTo = "reference to ";

    /// <summary>Each way there with the set it starts from and its partner.</summary>
    public static IReadOnlyList<(LiveSet From, FeedNavigation There, FeedNavigation Back)> Of(IReadOnlyList<LiveSet> sets)
    {
        var byType = sets.ToDictionary(set => set.Type.Name);
        var references = sets.SelectMany(set => set.Type.Members.Where(IsReference)
            .Select(field => (From: set, Field: field, To: byType[field.KindName[ReferenceTo.Length..]]))).ToList();
        return
        [
            .. from each in references
               let there = Free(each.From, each.Field.Column[..^"Id".Length], "Record")
               let alone = references.Count(other => other.From == each.From && other.To == each.To) == 1
               let back = Free(each.To, alone ? each.From.Name : $"{each.From.Name}As{there}", "Rows")
               select (each.From, new FeedNavigation(there, each.To, each.Field, Many: false),
                   new FeedNavigation(back, each.From, each.Field, Many: true)),
        ];
    }

    public static bool IsReference(Field field) => field.KindName.StartsWith(ReferenceTo, StringComparison.Ordinal);

    /// <summary>
    /// Says in the model what the ways are. A way there may always lead nowhere: storage has no transaction over two records, so a reference
    /// can outlive its record.
    /// </summary>
    public static void Add(EdmEntitySet from, EdmEntitySet to, FeedNavigation there, FeedNavigation back)
    {
        var (source, target) = ((EdmEntityType)from.EntityType, (EdmEntityType)to.EntityType);
        var property = source.AddBidirectionalNavigation(
            new EdmNavigationPropertyInfo
            {
                Name = there.Name,
                Target = target,
                TargetMultiplicity = EdmMultiplicity.ZeroOrOne,
                DependentProperties = [(IEdmStructuralProperty)source.FindProperty(there.Field.Column)],
                PrincipalProperties = target.Key(),
            },
            new EdmNavigationPropertyInfo { Name = back.Name, Target = source, TargetMultiplicity = EdmMultiplicity.Many });
        from.AddNavigationTarget(property, to);
        to.AddNavigationTarget(property.Partner, from);
    }

    private static string Free(LiveSet set, string name, string otherwise) =>
        set.Properties.Any(property => property.Name == name) ? name + otherwise : name;
}
