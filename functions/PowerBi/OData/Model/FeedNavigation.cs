using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>The way from a row to the one it refers to, or back from a record to all rows that refer to it.</summary>
/// <param name="Name">The navigation property.</param>
/// <param name="Field">The reference: of the row itself or, for <paramref name="Many"/>, of the target's rows.</param>
internal sealed record FeedNavigation(string Name, LiveSet Target, Field Field, bool Many)
{
    /// <summary>The row referred to; null without a reference, and for one to a record that does not exist or is deleted.</summary>
    public Record? One(Record row, RegistrySnapshot registry) =>
        Field.Cell(row) is { } id && Target.In(registry).Find(id) is { Deleted: false } found ? found : null;

    /// <summary>The rows that refer to this one, by their ids.</summary>
    public IReadOnlyList<Record> All(Record row, RegistrySnapshot registry)
    {
        var rows = Target.In(registry);
        return Target.Type.Query(new QueryText(Target.Name, null, null, null, null), Within(row.Id))
            .Run(rows, null, rows.Count, count: false)!.Records;
    }

    /// <summary>True for the target's rows that refer to the record of that id.</summary>
    public Filter Within(string id) =>
        new Filter.Compare(new Subject(Field.Name, new TextPosition(1)), Operator.Eq, new Literal(LiteralKind.Text, id, new TextPosition(1)));
}
