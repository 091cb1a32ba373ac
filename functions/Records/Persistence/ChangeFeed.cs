using System.Globalization;
using System.Runtime.CompilerServices;
using FriendCity.Serialization;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Persistence;

/// <summary>
/// The table <c>changes</c>: before each write an entry to what it will write. Partition = UTC hour, row = ULID, both in storage time.
/// An entry without a commit is harmless; a commit without an entry cannot be, because the entry comes first.
/// </summary>
internal sealed class ChangeFeed(ITableStorage tables, StorageClock clock, Quarantine quarantine, ILogger<ChangeFeed> log)
{
    public const string Table = "changes";

    public const int ManyUsually = 32;

    /// <summary>So many entries may be stored in another order than that of their keys without a further question.</summary>
    private const int SideBySide = 8;

    /// <summary>The type of an entry that names no records because it is about all of them.</summary>
    private const string Everything = "*";

    /// <summary>A write finishes within this of its entry, or is entered again before its caller hears of it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>How long after its entry a write may still be under way unseen: 20 s to finish, and margin for clocks.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromSeconds(30);

    /// <summary>
    /// From so many entries on, as under an import, what they name is not read with each poll again: it is most of what they weigh.
    /// </summary>
    public int Many { get; init; } = ManyUsually;

    /// <summary>Storage time; there is one from the first answer on.</summary>
    public DateTimeOffset Now => clock.Now ?? throw new StorageException("Storage has not told its time yet; nothing is written before it has.");

    /// <summary>Enters the versions these records have; answers the entry's time.</summary>
    /// <param name="rows">
    /// The records' current rows, when they are written all or none by this one operation: then readers take them from the entry
    /// as soon as they see that the operation has landed.
    /// </param>
    public async Task<DateTimeOffset> AppendAsync(
        string type, IEnumerable<Record> records, string actor, string operationId, IReadOnlyCollection<TableRow>? rows,
        CancellationToken cancellationToken)
    {
        var ids = Json.Text(writer =>
        {
            writer.WriteStartObject();
            foreach (var record in records)
                writer.WriteNumber(record.Id, record.Version);
            writer.WriteEndObject();
        });
        var columns = new Dictionary<string, object>
        {
            ["Type"] = type,
            ["Ids"] = ids,
            ["Actor"] = actor,
            ["OperationId"] = operationId,
        };
        if (rows is not null && PackedRows.Pack(rows) is { } packed)
            columns["Rows"] = packed;
        return await AppendAsync(columns, cancellationToken);
    }

    /// <summary>Has every instance read all records anew with its next poll.</summary>
    public Task AppendReloadAsync(string actor, CancellationToken cancellationToken) =>
        AppendAsync(new() { ["Type"] = Everything, ["Ids"] = "{}", ["Actor"] = actor }, cancellationToken);

    private async Task<DateTimeOffset> AppendAsync(Dictionary<string, object> columns, CancellationToken cancellationToken)
    {
        var now = Now;
        // Upsert: the row key is random, so a repeated try after a lost answer meets only itself.
        await tables.SubmitAsync(Table, [TableOperation.Upsert(new TableRow(Partition(now), Ulid.New(now), columns))], cancellationToken);
        // The key holds the time before sending: if storing took too long, polls may already have read past it and missed the entry.
        return Now - now < Deadline ? now : throw new StorageException("Storage took too long to store an entry.");
    }

    /// <summary>All entries from that storage time on, without an upper bound, by row key.</summary>
    /// <param name="known">Rows read before, which are not read again: an entry never changes.</param>
    public async Task<IReadOnlyDictionary<string, ChangeRow>> SinceAsync(DateTimeOffset from, IReadOnlyDictionary<string, ChangeRow> known,
        CancellationToken cancellationToken)
    {
        var entries = new Dictionary<string, ChangeRow>(StringComparer.Ordinal);
        if (known.Count < Many)
        {
            Take(await ReadAsync(["Type", "Ids"], Partition(from), Ulid.First(from)));
            return entries;
        }

        // What is new is mostly behind what is known, but for a few that writers stored side by side; of the rest a key tells whether it came late.
        var newest = known.Values.OrderByDescending(row => row.Key, StringComparer.Ordinal).Take(SideBySide).Last();
        var (rest, window) = (ReadAsync(["Type", "Ids"], newest.Partition, newest.Key), ReadAsync(["Type"], Partition(from), Ulid.First(from)));
        await Task.WhenAll(rest, window);
        Take((await window).Where(row => known.ContainsKey(row.RowKey)));
        Take(await rest);
        if ((await window).Find(row => !entries.ContainsKey(row.RowKey)) is { } late)
            Take(await ReadAsync(["Type", "Ids"], late.PartitionKey, late.RowKey));
        return entries;

        async Task<List<TableRow>> ReadAsync(string[] columns, string partition, string key)
        {
            var rows = new List<TableRow>();
            await foreach (var page in tables.QueryAsync(Table, TableRange.StartingAt(partition, key), columns, cancellationToken))
                rows.AddRange(page);
            return rows;
        }

        void Take(IEnumerable<TableRow> rows)
        {
            // By hand one key may stand in two hours.
            foreach (var row in rows)
                entries[row.RowKey] = known.GetValueOrDefault(row.RowKey) ?? Of(row);
        }
    }

    /// <summary>Entries in the order of their keys, page by page, with who made them.</summary>
    /// <param name="after">The place of an entry: only those behind it. Otherwise those from <paramref name="from"/> on.</param>
    public async IAsyncEnumerable<(ChangeRow Row, string? Actor)> ReadAsync(DateTimeOffset from, (string Partition, string Key)? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (partition, key) = after ?? (Partition(from), Ulid.First(from));
        await foreach (var page in tables.QueryAsync(Table, TableRange.StartingAt(partition, key), ["Type", "Ids", "Actor"], cancellationToken))
            foreach (var row in page)
                if (after is null || row.RowKey != key)
                    yield return (Of(row), row.Text("Actor"));
    }

    /// <summary>The rows that an entry carries and the operation that writes them, read once; null when it carries none that can be read.</summary>
    public async Task<(string OperationId, List<TableRow> Rows)?> RowsAsync(ChangeRow changeRow, CancellationToken cancellationToken)
    {
        if (changeRow.Carried is { } known)
            return known;
        if (await tables.GetAsync(Table, changeRow.Partition, changeRow.Key, cancellationToken) is not { } row
            || row.Text("OperationId") is not { } operation
            || row.Columns.GetValueOrDefault("Rows") is not byte[] packed)
            return null;
        try
        {
            changeRow.Carried = (operation, PackedRows.Unpack(packed));
            return changeRow.Carried;
        }
        catch (InvalidDataException fault)
        {
            log.LogError(fault, "The rows of entry {Partition}/{Row} cannot be read; they are read one by one", row.PartitionKey, row.RowKey);
            return null;
        }
    }

    private ChangeRow Of(TableRow row) => new(row.PartitionKey, row.RowKey, row.Text("Type") == Everything, Read(row));

    /// <summary>No product writes an entry that cannot be read; one that a hand made must not keep every reader from its records.</summary>
    private List<ChangeEntry> Read(TableRow row) => quarantine.Read(Table, row, Targets) ?? [];

    private static List<ChangeEntry> Targets(TableRow row)
    {
        try
        {
            return row.Text("Type") is { } type && row.Text("Ids") is { } ids && Json.Parse(ids) is JObject targets
                ? [.. targets.Properties().Select(target => Target(type, target))]
                : throw new FormatException("The entry names no type or no ids.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"Column Ids is not JSON: {fault.Message}", fault);
        }
    }

    private static ChangeEntry Target(string type, JProperty target) =>
        RecordId.IsValid(target.Name) && target.Value is JValue { Value: long and >= 1 and <= RecordKeys.LastVersion and var version }
            ? new ChangeEntry(type, target.Name, version)
            : throw new FormatException($"Column Ids holds '{target.Name}', which is no id with a version.");

    private static string Partition(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
}
