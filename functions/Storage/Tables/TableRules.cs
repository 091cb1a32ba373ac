namespace FriendCity.Storage.Tables;

/// <summary>Checks a transaction against the service's limits before anything is sent; the emulator lets some of these pass.</summary>
internal static class TableRules
{
    private const int BinaryBytes = 64 * 1024;
    private const int ColumnNameCharacters = 255;

    /// <exception cref="TableOperationException">Names the first operation that breaks a limit.</exception>
    public static void Check(IReadOnlyList<TableOperation> operations)
    {
        if (operations.Count == 0)
            throw new ArgumentException("A transaction has at least one operation.", nameof(operations));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < operations.Count; i++)
        {
            var row = operations[i].Row;
            var fault = i >= TableLimits.Operations ? $"a transaction has at most {TableLimits.Operations} operations"
                : row.PartitionKey != operations[0].Row.PartitionKey ? "all operations of a transaction have one partition key"
                : !seen.Add(row.RowKey) ? "a transaction names a row only once"
                : ConditionFault(operations[i]) ?? RowFault(row);
            if (fault is not null)
                throw new TableOperationException(i, fault);
        }
    }

    private static string? ConditionFault(TableOperation operation) => operation switch
    {
        { Kind: TableWrite.Replace or TableWrite.Delete, IfMatch: null } => "a replacement or deletion names the row's ETag or *",
        { Kind: TableWrite.Insert or TableWrite.Upsert, IfMatch: not null } => "an insert or upsert has no ETag",
        { IfMatch: { } etag } when !IsETag(etag) => "the ETag is not one the service gave",
        _ => null,
    };

    // The ETag becomes a header line inside the request's body: nothing in it may end that line.
    private static bool IsETag(string etag) =>
        etag == "*" || (etag.StartsWith("W/\"", StringComparison.Ordinal) && etag.Length > 4 && etag[^1] == '"'
            && etag.All(c => c is >= '!' and <= '~'));

    private static string? RowFault(TableRow row)
    {
        if ((TableKeys.Fault(row.PartitionKey) ?? TableKeys.Fault(row.RowKey)) is { } key)
            return "a key " + key;
        if (row.Columns.Count > TableLimits.Columns)
            return $"a row has at most {TableLimits.Columns} columns";
        // The service's own formula for the size of a row.
        var size = 4 + (2 * (row.PartitionKey.Length + row.RowKey.Length));
        foreach (var (name, value) in row.Columns)
        {
            if ((NameFault(name) ?? ValueFault(value)) is { } fault)
                return $"column {name} {fault}";
            size += 8 + (2 * name.Length) + ValueSize(value);
        }

        return size > TableLimits.RowBytes ? $"a row has at most {TableLimits.RowBytes} bytes" : null;
    }

    private static string? NameFault(string name) =>
        name is "PartitionKey" or "RowKey" or "Timestamp" ? "is the service's own"
        : name.Length is 0 or > ColumnNameCharacters || char.IsAsciiDigit(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? "is not a name of ASCII letters, digits and underscores"
        : null;

    private static string? ValueFault(object value) => value switch
    {
        string text when text.Length > TableLimits.TextCharacters => $"has more than {TableLimits.TextCharacters} UTF-16 characters",
        string text when !Edm.IsWellFormed(text) => "holds half of a surrogate pair",
        byte[] bytes when bytes.Length > BinaryBytes => $"has more than {BinaryBytes} bytes",
        DateTimeOffset instant when instant < Edm.FirstInstant => "is an instant before 1601",
        double number when !double.IsFinite(number) => "is a number that is not finite",
        string or byte[] or DateTimeOffset or long or double or bool => null,
        _ => $"has a value of type {value.GetType().Name}, which no column can hold",
    };

    private static int ValueSize(object value) => value switch
    {
        string text => 4 + (2 * text.Length),
        byte[] bytes => 4 + bytes.Length,
        bool => 1,
        _ => 8,
    };
}
