using System.Globalization;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Support;

/// <summary>
/// What always holds of an account's tables, whatever failed while they were written: each version of a record has its history row and
/// an entry in the change feed, versions have no gap, the current row is the newest history row, and every row can be read.
/// </summary>
internal static class Audit
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static Task HoldsAsync(string connectionString) => HoldsAsync(Tables(connectionString), RegistryTypes.All);

    public static async Task HoldsAsync(ITableStorage tables, RecordTypes types) => Assert.Empty(await FaultsAsync(tables, types));

    /// <summary>After a kill: a request already under way still takes effect, and the emulator shows a transaction's rows one by one.</summary>
    public static async Task SettlesAsync(string connectionString)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while ((await FaultsAsync(Tables(connectionString), RegistryTypes.All)).Count > 0 && TimeProvider.System.GetElapsedTime(begun) < Timeout)
            await Task.Delay(20);
        await HoldsAsync(connectionString);
    }

    /// <summary>What is wrong, one sentence each; empty when all is well.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(ITableStorage tables, RecordTypes types)
    {
        // Rows first: what is entered meanwhile is no fault, what is written unentered is.
        var rows = new Dictionary<RecordType, List<TableRow>>();
        foreach (var type in types.All)
            rows[type] = await AllAsync(tables, type.Table);
        var faults = new List<string>();
        var entries = Entries(await AllAsync(tables, ChangeFeed.Table), faults);
        foreach (var (type, all) in rows)
            foreach (var record in all.GroupBy(row => IdOf(row.RowKey), StringComparer.Ordinal))
                faults.AddRange(Faults(type, record.Key, [.. record], entries).Select(fault => $"{type.Name}/{record.Key}: {fault}"));
        return faults;
    }

    private static IEnumerable<string> Faults(RecordType type, string id, List<TableRow> rows, HashSet<(ChangeEntry, string)> entries)
    {
        var history = rows.Where(row => row.RowKey.StartsWith("h:", StringComparison.Ordinal)).OrderBy(row => row.RowKey, StringComparer.Ordinal)
            .ToList();
        var current = rows.SingleOrDefault(row => row.RowKey == RecordKeys.Current(id));
        if (rows.Exists(row => row.PartitionKey != RecordKeys.Partition(id)))
            yield return "stands in another partition than its id's";
        if (rows.Exists(row => Unreadable(type, row)))
            yield return "has a row that cannot be read";
        if (history.Count == 0)
            yield return "has no history";
        for (var i = 0; i < history.Count; i++)
        {
            if (history[i].RowKey != RecordKeys.History(id, i + 1) || history[i].Integer("Version") != i + 1)
                yield return $"version {i + 1} is missing, or {history[i].RowKey} is one too many";
            else if (!entries.Contains((new ChangeEntry(type.Name, id, i + 1), history[i].Text("OperationId")!)))
                yield return $"nothing in the change feed names version {i + 1}";
        }

        if (current is null)
            yield return "has history but no current row";
        else if (history.Count > 0 && !Same(current, history[^1]))
            yield return "its current row differs from its newest history row";
    }

    private static HashSet<(ChangeEntry, string)> Entries(List<TableRow> rows, List<string> faults)
    {
        var entries = new HashSet<(ChangeEntry, string)>();
        foreach (var row in rows)
        {
            // The partition is the hour of the row's ULID; a reader's lower bound relies on it.
            var hour = DateTimeOffset.ParseExact(row.PartitionKey, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (string.CompareOrdinal(row.RowKey, Ulid.First(hour)) < 0 || string.CompareOrdinal(row.RowKey, Ulid.First(hour.AddHours(1))) >= 0)
                faults.Add($"entry {row.RowKey} stands in another hour, {row.PartitionKey}");
            foreach (var id in ((JObject)Json.Parse(row.Text("Ids")!)).Properties())
                entries.Add((new ChangeEntry(row.Text("Type")!, id.Name, (long)id.Value), row.Text("OperationId")!));
        }

        return entries;
    }

    private static bool Same(TableRow left, TableRow right) =>
        left.Columns.Count == right.Columns.Count && left.Columns.All(column => right.Columns.TryGetValue(column.Key, out var value)
            && Equals(column.Value, value));

    private static bool Unreadable(RecordType type, TableRow row)
    {
        try
        {
            RecordRows.Read(type, row);
            return false;
        }
        catch (FormatException)
        {
            return true;
        }
    }

    /// <summary><c>r:{id}</c> or <c>h:{id}:{version}</c>.</summary>
    private static string IdOf(string rowKey) => rowKey.Split(':') is ["r" or "h", var id, ..] ? id : rowKey;

    private static async Task<List<TableRow>> AllAsync(ITableStorage tables, string table)
    {
        var rows = new List<TableRow>();
        await foreach (var page in tables.QueryAsync(table, TableRange.All, null, CancellationToken.None))
            rows.AddRange(page);
        return rows;
    }

    private static AzureTableStorage Tables(string connectionString) =>
        new(StorageAccount.Parse(connectionString), new StorageClock(TimeProvider.System), TimeProvider.System, StorageOptions.Default);
}
