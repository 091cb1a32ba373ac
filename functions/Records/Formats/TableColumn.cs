using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>A column of records, or of the entries of one of their lists, in a table that people read and fill in.</summary>
/// <param name="Name">The field's name, also where the column holds its codes.</param>
/// <param name="Field">Null for what is no field: the id, an entry's place, and what the registry adds.</param>
/// <param name="IsCode">It holds the codes of a field whose labels stand in a column beside it.</param>
internal sealed record TableColumn(string Name, Text Label, Field? Field = null, bool IsCode = false)
{
    public static readonly TableColumn Id = new(SystemFields.Id, new("Id", "编号"));

    /// <summary>The record that an entry belongs to.</summary>
    public static readonly TableColumn RecordId = new("recordId", new("Record id", "记录编号"));

    /// <summary>Where an entry stands in its list, from 1.</summary>
    public static readonly TableColumn Place = new("place", new("Place", "序号"));

    private static readonly TableColumn[] Added =
    [
        new(SystemFields.Version, new("Version", "版本")), new(SystemFields.ChangedAt, new("Changed at", "修改时间")),
        new(SystemFields.Actor, new("Changed by", "修改人")),
    ];

    /// <summary>All that a table of records can have: the id, the fields, and what the registry adds.</summary>
    public static IEnumerable<TableColumn> Of(RecordType type) => [Id, .. type.Members.Select(Of), .. Added];

    /// <summary>All that a table of the entries of a list can have.</summary>
    public static IEnumerable<TableColumn> Of(ValueDomain.Entry entry) => [RecordId, Place, .. entry.Fields.Select(Of)];

    public bool HasCodes => Field?.Domain is ValueDomain.Code or ValueDomain.List { Item: ValueDomain.Code };

    /// <summary>What cells of it hold.</summary>
    public CellKind Kind => KindOf(Field?.Domain);

    /// <summary>The entries of the column's list; null when it holds something else.</summary>
    public ValueDomain.Entry? Entries => (Field?.Domain as ValueDomain.List)?.Item as ValueDomain.Entry;

    public static CellKind KindOf(ValueDomain? domain) => domain switch
    {
        ValueDomain.Integer or ValueDomain.Ratio => CellKind.Number,
        ValueDomain.Money => CellKind.Decimal,
        ValueDomain.Date => CellKind.Date,
        ValueDomain.Flag => CellKind.Flag,
        _ => CellKind.Text,
    };

    private static TableColumn Of(Field field) => new(field.Name, field.Label, field);
}
