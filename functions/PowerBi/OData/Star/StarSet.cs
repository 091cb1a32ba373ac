using FriendCity.Messages;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Query;
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
    private readonly Dictionary<string, IReadOnlyList<int>> _columns;

    /// <param name="isLatest">Whether only the rows of the newest day are in the set.</param>
    private StarSet(SnapshotTable table, RecordType type, bool computed, bool isLatest)
        : base(Pascal(type.Name), type, [.. computed ? [IdProperty()] : (FeedProperty[])[], .. type.Members.Select(Property)], computed
            ? [Id] : [.. table.Key.Select(Pascal)])
    {
        (Table, KeyColumns, IsLatest) = (table, [.. table.Key.Select(table.IndexOf)], isLatest);
        _columns = type.Members.Index().ToDictionary(member => member.Item.Name, member => (IReadOnlyList<int>)[member.Index]);
        _columns[SystemFields.Id] = KeyColumns;
    }

    public SnapshotTable Table { get; }

    /// <summary>The columns of the table that together name a row.</summary>
    public IReadOnlyList<int> KeyColumns { get; }

    /// <summary>Whether only the rows of the newest day are in the set.</summary>
    public bool IsLatest { get; }

    public static StarSet Of(SnapshotTable table) => Of(table, table.Name, table.Label, isLatest: false);

    /// <summary>The figures of the newest day, one row each: for a sheet, which has no measures that choose the day.</summary>
    public static StarSet KpiLatest() =>
        Of(KpiDaily.Table, "kpi_latest", new("KPIs of the newest day", "最新一日指标"), isLatest: true);

    private static StarSet Of(SnapshotTable table, string name, Text label, bool isLatest)
    {
        var type = new RecordType<StarRow>(name, label,
            new Schema<StarRow>(() => throw new NotSupportedException("Rows are read from a snapshot."), [.. table.Columns.Select(FieldOf)],
                evidence: false));
        return new(table, type, table.Key.Any(key => table.Columns[table.IndexOf(key)].Nullable), isLatest);
    }

    /// <summary>The columns of the table in which a value stands that filters and orders know by that name.</summary>
    public IReadOnlyList<int> ColumnsOf(string name) => _columns[name];

    /// <summary>Whether a row is the one of an id.</summary>
    /// <param name="parts">Of the id, as <see cref="StarKey"/> joins them.</param>
    public bool Is(StarRow row, string[] parts)
    {
        if (parts.Length != KeyColumns.Count)
            return false;
        for (var i = 0; i < parts.Length; i++)
            if (StarKey.Part(row[KeyColumns[i]]) != parts[i])
                return false;
        return true;
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
            ColumnType.Text => f.Text(name, en, zh, row => (string?)row[index], Fields.ReadOnly, required),
            ColumnType.Date => f.Date(name, en, zh, row => (DateOnly?)row[index], Fields.ReadOnly, required),
            ColumnType.Integer => f.Integer(name, en, zh, row => (long?)row[index], Fields.ReadOnly, required),
            ColumnType.Number => f.Ratio(name, en, zh, double.MinValue, double.MaxValue, row => (double?)row[index], Fields.ReadOnly, required),
            ColumnType.Decimal => f.Money(name, en, zh, row => (decimal?)row[index], Fields.ReadOnly, required),
            ColumnType.Flag => f.Flag(name, en, zh, row => (bool?)row[index], Fields.ReadOnly, required),
            _ => throw new ArgumentException($"The feed has no type for {column.Type}.", nameof(column)),
        };
    }
}
