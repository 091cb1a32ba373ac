using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// A table of the star in a snapshot: the columns of the contract, with their names in PascalCase. A key that may be null in part is no key in
/// OData; such a table gets the property <c>Id</c> in front, the parts joined by <c>:</c>.
/// </summary>
internal sealed class StarSet : FeedSet
{
    private readonly int[] _key;

    private StarSet(SnapshotTable table, RecordType type, bool computed)
        : base(Pascal(table.Name), type, [.. computed ? [IdProperty()] : (FeedProperty[])[], .. type.Members.Select(Property)], computed
            ? [Id] : [.. table.Key.Select(Pascal)]) =>
        (Table, _key) = (table, [.. table.Key.Select(table.IndexOf)]);

    public SnapshotTable Table { get; }

    public static StarSet Of(SnapshotTable table)
    {
        var type = new RecordType<StarRow>(table.Name, table.Label,
            new Schema<StarRow>(() => throw new NotSupportedException("Rows are read from a snapshot."), [.. table.Columns.Select(FieldOf)],
                evidence: false));
        return new(table, type, table.Key.Any(key => table.Columns[table.IndexOf(key)].Nullable));
    }

    /// <summary>The rows of a snapshot. Most cells repeat, so equal ones are held once.</summary>
    public RecordSet RowsOf(IEnumerable<object?[]> rows)
    {
        var known = new Dictionary<object, object>();
        return Type.EmptySet.With([.. rows.Select(row => new StarRow(StarKey.Join(_key.Select(index => row[index])), [.. row.Select(Once)]))]);

        object? Once(object? cell)
        {
            if (cell is null)
                return null;
            known.TryAdd(cell, cell);
            return known[cell];
        }
    }

    public override string IdOf(IReadOnlyDictionary<string, object> key) =>
        Key is [Id] ? (string)key[Id] : StarKey.Join(Key.Select(name => FeedDate.Of(key[name]) ?? key[name]));

    /// <summary>snake_case to PascalCase.</summary>
    public static string Pascal(string name) => string.Concat(name.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    private static FeedProperty IdProperty() =>
        new(Id, "text", true, new("Key of the row: the parts of its key, joined by ':'", "行的主键（各部分以“:”连接）"), null,
            (writer, row) => writer.WriteStringValue(row.Id));

    private static Field<StarRow> FieldOf(Column column, int index)
    {
        var f = new Fields<StarRow>();
        var (name, required) = (FeedProperty.Member(Pascal(column.Name)), !column.Nullable);
        var (en, zh) = (column.Unit is { } unit ? $"{column.Description.En} ({unit})" : column.Description.En, column.Description.Zh);
        return column.Type switch
        {
            ColumnType.Text => f.Text(name, en, zh, row => (string?)row.Cells[index], ReadOnly, required),
            ColumnType.Date => f.Date(name, en, zh, row => (DateOnly?)row.Cells[index], ReadOnly, required),
            ColumnType.Integer => f.Integer(name, en, zh, row => (long?)row.Cells[index], ReadOnly, required),
            ColumnType.Number => f.Ratio(name, en, zh, double.MinValue, double.MaxValue, row => (double?)row.Cells[index], ReadOnly, required),
            ColumnType.Decimal => f.Money(name, en, zh, row => (decimal?)row.Cells[index], ReadOnly, required),
            ColumnType.Flag => f.Flag(name, en, zh, row => (bool?)row.Cells[index], ReadOnly, required),
            _ => throw new ArgumentException($"The feed has no type for {column.Type}.", nameof(column)),
        };
    }

    private static void ReadOnly<V>(StarRow row, V value) => throw new NotSupportedException("A snapshot is never changed.");
}
