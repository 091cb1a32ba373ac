using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>Records to rows and back. System columns sit beside the record's fields, readable in Storage Explorer.</summary>
internal static class RecordRows
{
    private const long SchemaVersion = 1;

    private static readonly Dictionary<Type, string> Kinds = new()
    {
        [typeof(string)] = "text",
        [typeof(long)] = "a 64-bit integer",
        [typeof(bool)] = "a flag",
        [typeof(DateTimeOffset)] = "an instant",
    };

    public static TableRow Current(RecordType type, Record record) => Row(type, record, RecordKeys.Current(record.Id));

    public static TableRow History(RecordType type, Record record) => History(Current(type, record), record);

    /// <summary>The history row of a current row: the same columns under another key.</summary>
    public static TableRow History(TableRow current, Record record) => current with { RowKey = RecordKeys.History(record.Id, record.Version) };

    /// <summary>Throws <see cref="FormatException"/> naming the row and column that cannot be read.</summary>
    public static Record Read(RecordType type, TableRow row)
    {
        try
        {
            var record = type.FromColumns(row.Columns);
            record.Id = Column<string>(row, "Id");
            record.Version = Column<long>(row, "Version");
            record.Deleted = Column<bool>(row, "Deleted");
            record.Actor = string.Intern(Column<string>(row, "Actor"));
            record.OperationId = Column<string>(row, "OperationId");
            record.ChangedAt = Column<DateTimeOffset>(row, "ChangedAt");
            record.Attachments = row.Columns.ContainsKey("Attachments") ? Attachment.Read(Column<string>(row, "Attachments")) : [];
            if (Column<long>(row, "SchemaVersion") != SchemaVersion)
                throw new FormatException("Column SchemaVersion names a form that this program does not know.");
            CheckPlace(record, row);
            return record;
        }
        catch (FormatException fault)
        {
            throw new FormatException($"Row {row.RowKey} of table {type.Name}: {fault.Message}", fault);
        }
    }

    private static T Column<T>(TableRow row, string name) => row.Columns.TryGetValue(name, out var value)
        ? value is T fit ? fit : throw new FormatException($"Column {name} cannot be read: not {Kinds[typeof(T)]}.")
        : throw new FormatException($"Column {name} is missing.");

    /// <summary>A row that stands elsewhere than a write would put it is never found by its id, and no write would ever replace it.</summary>
    private static void CheckPlace(Record record, TableRow row)
    {
        if (!RecordId.IsValid(record.Id))
            throw new FormatException("Column Id cannot be read: not an id.");
        if (record.Version is < 1 or > RecordKeys.LastVersion)
            throw new FormatException("Column Version cannot be read: not a number of a version.");
        if (row.RowKey != RecordKeys.Current(record.Id) && row.RowKey != RecordKeys.History(record.Id, record.Version))
            throw new FormatException("Columns Id and Version do not belong to this row.");
        if (row.PartitionKey != RecordKeys.Partition(record.Id))
            throw new FormatException($"The row stands in partition {row.PartitionKey}, and belongs into {RecordKeys.Partition(record.Id)}.");
    }

    private static TableRow Row(RecordType type, Record record, string rowKey)
    {
        var columns = type.ToColumns(record);
        columns.Add("Id", record.Id);
        columns.Add("Version", record.Version);
        columns.Add("Deleted", record.Deleted);
        columns.Add("Actor", record.Actor);
        columns.Add("ChangedAt", record.ChangedAt);
        columns.Add("OperationId", record.OperationId);
        columns.Add("SchemaVersion", SchemaVersion);
        if (record.Attachments.Count > 0)
            columns.Add("Attachments", Attachment.Column(record.Attachments));
        return new TableRow(RecordKeys.Partition(record.Id), rowKey, columns);
    }
}
