using System.Collections.Concurrent;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>A stored row that cannot be read: it is in no list and no figure until somebody mends or removes it.</summary>
internal sealed record UnreadableRow(string Table, string Partition, string Row, string Reason);

/// <summary>
/// The rows that this instance met and could not read. One bad cell must stop neither a start nor a reader, and must not go unseen
/// either: whoever reads rows tells here of those it leaves out, and the alerts name them.
/// </summary>
internal sealed class Quarantine(ILogger<Quarantine> log)
{
    /// <summary>A thousand bad rows have one cause; naming more of them helps nobody.</summary>
    private const int Most = 1000;

    private readonly ConcurrentDictionary<(string Table, string Partition, string Row), string> _rows = new();

    public IReadOnlyList<UnreadableRow> Rows =>
    [
        .. _rows.Select(row => new UnreadableRow(row.Key.Table, row.Key.Partition, row.Key.Row, row.Value))
            .OrderBy(row => row.Table, StringComparer.Ordinal).ThenBy(row => row.Row, StringComparer.Ordinal)
                .ThenBy(row => row.Partition, StringComparer.Ordinal),
    ];

    /// <summary>Makes something of a row; null when it cannot be read, which is then known.</summary>
    /// <param name="read">Throws <see cref="FormatException"/> when the row holds something else.</param>
    public T? Read<T>(string table, TableRow row, Func<TableRow, T> read)
        where T : class
    {
        try
        {
            var value = read(row);
            Mended(table, row.PartitionKey, row.RowKey);
            return value;
        }
        catch (FormatException fault)
        {
            Add(table, row.PartitionKey, row.RowKey, fault.Message);
            return null;
        }
    }

    public void Add(string table, string partition, string row, string reason)
    {
        if (_rows.Count < Most && _rows.TryAdd((table, partition, row), reason))
            log.LogError("Row {Partition}/{Row} of table {Table} cannot be read and is left out: {Reason}", partition, row, table, reason);
    }

    /// <summary>True for a record whose current row cannot be read.</summary>
    public bool Holds(RecordType type, string id) =>
        !_rows.IsEmpty && _rows.ContainsKey((type.Table, RecordKeys.Partition(id), RecordKeys.Current(id)));

    /// <summary>The row can be read, or is gone.</summary>
    public void Mended(string table, string partition, string row)
    {
        if (!_rows.IsEmpty)
            _rows.TryRemove((table, partition, row), out _);
    }
}
