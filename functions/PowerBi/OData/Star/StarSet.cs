using FriendCity.Messages;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Tables;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// A table of the star in a snapshot: the columns of the contract, with their names in PascalCase. A key that may be null in part is no key in
/// OData; such a table gets the property <c>Id</c> in front, the parts joined by <c>:</c>.
/// </summary>
internal sealed class StarSet : FeedSet
{
    private readonly int[] _key;
    private readonly int? _newest;

    /// <param name="newest">The column of days of which only the newest is in the set; null when all rows are.</param>
    private StarSet(SnapshotTable table, RecordType type, bool computed, int? newest)
        : base(Pascal(type.Name), type, [.. computed ? [IdProperty()] : (FeedProperty[])[], .. type.Members.Select(Property)], computed
            ? [Id] : [.. table.Key.Select(Pascal)]) =>
        (Table, _key, _newest) = (table, [.. table.Key.Select(table.IndexOf)], newest);

    public SnapshotTable Table { get; }

    public static StarSet Of(SnapshotTable table) => Of(table, table.Name, table.Label, null);

    /// <summary>The figures of the newest day, one row each: for a sheet, which has no measures that choose the day.</summary>
    public static StarSet KpiLatest() =>
        Of(KpiDaily.Table, "kpi_latest", new("KPIs of the newest day", "最新一日指标"), KpiDaily.Table.IndexOf("snapshot_date"));

    private static StarSet Of(SnapshotTable table, string name, Text label, int? newest)
    {
        var type = new RecordType<StarRow>(name, label,
            new Schema<StarRow>(() => throw new NotSupportedException("Rows are read from a snapshot."), [.. table.Columns.Select(FieldOf)],
                evidence: false));
        return new(table, type, table.Key.Any(key => table.Columns[table.IndexOf(key)].Nullable), newest);
    }

    /// <summary>The rows of a snapshot. Most cells repeat, so equal ones are held once.</summary>
    public RecordSet RowsOf(IEnumerable<object?[]> rows)
    {
        var known = new Dictionary<object, object>();
        return Type.EmptySet.With([.. Shown(rows).Select(row => new StarRow(StarKey.Join(_key.Select(index => row[index])), [.. row.Select(Once)]))]);

        object? Once(object? cell)
        {
            if (cell is null)
                return null;
            known.TryAdd(cell, cell);
            return known[cell];
        }
    }

    /// <summary>In one pass, so that the days before need not all be held.</summary>
    private IEnumerable<object?[]> Shown(IEnumerable<object?[]> rows)
    {
        if (_newest is not { } column)
            return rows;
        var (shown, day) = (new List<object?[]>(), DateOnly.MinValue);
        foreach (var row in rows)
        {
            var at = (DateOnly)row[column]!;
            if (at > day)
                (shown, day) = ([], at);
            if (at == day)
                shown.Add(row);
        }

        return shown;
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
            ColumnType.Text => f.Text(name, en, zh, row => (string?)row.Cells[index], Fields.ReadOnly, required),
            ColumnType.Date => f.Date(name, en, zh, row => (DateOnly?)row.Cells[index], Fields.ReadOnly, required),
            ColumnType.Integer => f.Integer(name, en, zh, row => (long?)row.Cells[index], Fields.ReadOnly, required),
            ColumnType.Number => f.Ratio(name, en, zh, double.MinValue, double.MaxValue, row => (double?)row.Cells[index], Fields.ReadOnly, required),
            ColumnType.Decimal => f.Money(name, en, zh, row => (decimal?)row.Cells[index], Fields.ReadOnly, required),
            ColumnType.Flag => f.Flag(name, en, zh, row => (bool?)row.Cells[index], Fields.ReadOnly, required),
            _ => throw new ArgumentException($"The feed has no type for {column.Type}.", nameof(column)),
        };
    }
}
