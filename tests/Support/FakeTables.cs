using System.Runtime.CompilerServices;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Tests.Support;

/// <param name="Operations">Of a transaction; empty for reads.</param>
internal sealed record TableCall(string Verb, string Table, IReadOnlyList<TableOperation> Operations)
{
    public const string Get = "get";
    public const string Query = "query";
    public const string Submit = "submit";
}

/// <summary>
/// Tables in memory, for tests that need thousands of storage calls or a clock of their own. Each instance of the service under
/// test has a <see cref="FakeTables"/> over the same <see cref="FakeTableData"/>, and hears storage's time as it would over the wire.
/// </summary>
internal sealed class FakeTables(TimeProvider time, FakeTableData? data = null) : ITableStorage
{
    private int _calls;

    public FakeTableData Data { get; } = data ?? new FakeTableData();

    public StorageClock Clock { get; } = new(time);

    /// <summary>How wrong the Date of storage's answers is, as this instance sees it.</summary>
    public TimeSpan Skew { get; set; }

    public int PageSize { get; set; } = 1000;

    /// <summary>Awaited before a call is carried out: a delay; when it throws, storage never heard of the call.</summary>
    public Func<TableCall, Task>? Before { get; set; }

    /// <summary>Awaited after a call was carried out: when it throws, the answer is lost.</summary>
    public Func<TableCall, Task>? After { get; set; }

    /// <summary>Rows that queries leave out.</summary>
    public Func<string, TableRow, bool>? Hidden { get; set; }

    /// <summary>Told of each page that a query has read: the table, the columns asked for and how many rows.</summary>
    public Action<string, IReadOnlyList<string>?, int>? Queried { get; set; }

    public int Calls => Volatile.Read(ref _calls);

    public Task EnsureTableAsync(string table, CancellationToken cancellationToken) =>
        CallAsync(new TableCall("ensure", table, []), () => Data.Ensure(table));

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken)
    {
        TableKeys.Check(rowKey, nameof(rowKey));
        return CallAsync(new TableCall(TableCall.Get, table, []), () => Data.Get(table, partitionKey, rowKey));
    }

    public async IAsyncEnumerable<IReadOnlyList<TableRow>> QueryAsync(
        string table, TableRange range, IReadOnlyList<string>? columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Each page is a call of its own and sees what is there by then, as with the service.
        (string, string)? after = null;
        do
        {
            var page = await CallAsync(new TableCall(TableCall.Query, table, []), () => Data.Page(table, range, after, PageSize));
            after = page.Count == PageSize ? (page[^1].PartitionKey, page[^1].RowKey) : null;
            var rows = page.Where(row => Hidden?.Invoke(table, row) != true).Select(row => columns is null ? row : Select(row, columns)).ToList();
            Queried?.Invoke(table, columns, rows.Count);
            if (rows.Count > 0)
                yield return rows;
        }
        while (after is not null);
    }

    public Task<TableSubmit> SubmitAsync(string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken)
    {
        TableRules.Check(operations);
        return CallAsync(new TableCall(TableCall.Submit, table, operations), () => Data.Submit(table, operations));
    }

    private async Task<T> CallAsync<T>(TableCall call, Func<T> carryOut)
    {
        Interlocked.Increment(ref _calls);
        var sent = time.GetTimestamp();
        if (Before is { } before)
            await before(call);
        var result = carryOut();
        var date = time.GetUtcNow() + Skew;
        if (After is { } after)
            await after(call);
        // The Date header has whole seconds.
        Clock.Observe(new DateTimeOffset(date.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero), sent,
            time.GetTimestamp());
        return result;
    }

    private static TableRow Select(TableRow row, IReadOnlyList<string> columns) =>
        row with { Columns = row.Columns.Where(column => columns.Contains(column.Key)).ToDictionary() };
}
