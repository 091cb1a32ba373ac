using FriendCity.Storage;

namespace FriendCity.Records;

/// <summary>Records to rows and back. System columns sit beside the record's fields, readable in Storage Explorer.</summary>
internal static class RecordRows
{
    private const long SchemaVersion = 1;

    public static TableRow Current(RecordType type, Record record) => Row(type, record, RecordKeys.Current(record.Id));

    public static TableRow History(RecordType type, Record record) => Row(type, record, RecordKeys.History(record.Id, record.Version));

    /// <summary>Throws <see cref="FormatException"/> naming the row and column that cannot be read.</summary>
    public static Record Read(RecordType type, TableRow row)
    {
        try
        {
            var record = type.FromColumns(row.Columns);
            record.Id = row.Text("Id") ?? throw new FormatException("Column Id is missing.");
            record.Version = row.Integer("Version") ?? throw new FormatException("Column Version is missing.");
            record.Deleted = row.Columns.GetValueOrDefault("Deleted") as bool? ?? throw new FormatException("Column Deleted is missing.");
            record.Actor = string.Intern(row.Text("Actor") ?? "");
            record.OperationId = row.Text("OperationId") ?? "";
            record.Attachments = Attachment.Read(row.Text("Attachments"));
            record.ChangedAt = row.Columns.TryGetValue("ChangedAt", out var at) && at is DateTimeOffset instant ? instant : default;
            if (row.PartitionKey != RecordKeys.Partition(record.Id))
                throw new FormatException($"It stands in partition {row.PartitionKey}, where it does not belong.");
            return row.RowKey == RecordKeys.Current(record.Id) || row.RowKey == RecordKeys.History(record.Id, record.Version)
                ? record
                : throw new FormatException("Columns Id and Version do not belong to this row.");
        }
        catch (FormatException fault)
        {
            throw new FormatException($"Row {row.RowKey} of table {type.Name}: {fault.Message}", fault);
        }
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
