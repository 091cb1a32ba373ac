using FriendCity.Records.Persistence;
using FriendCity.Storage.Tables;

namespace FriendCity.Benchmarks.Instances;

/// <summary>Takes the barrier away: a poll of the change feed is answered with what an earlier one found.</summary>
/// <param name="age">So long ago at most.</param>
internal sealed class StalePolls(ITableStorage inner, TimeProvider time, TimeSpan age) : ITableStorage
{
    private (long At, IReadOnlyList<IReadOnlyList<TableRow>> Pages)? _last;

    public Task EnsureTableAsync(string table, CancellationToken cancellationToken) => inner.EnsureTableAsync(table, cancellationToken);

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        inner.GetAsync(table, partitionKey, rowKey, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<TableRow>> QueryAsync(string table, TableRange range, IReadOnlyList<string>? columns,
        CancellationToken cancellationToken) =>
        table == ChangeFeed.Table ? PollAsync(range, columns, cancellationToken) : inner.QueryAsync(table, range, columns, cancellationToken);

    public Task<TableSubmit> SubmitAsync(string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken) =>
        inner.SubmitAsync(table, operations, cancellationToken);

    private async IAsyncEnumerable<IReadOnlyList<TableRow>> PollAsync(
        TableRange range, IReadOnlyList<string>? columns,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_last is not { } last || time.GetElapsedTime(last.At) > age)
        {
            var (begun, pages) = (time.GetTimestamp(), new List<IReadOnlyList<TableRow>>());
            await foreach (var page in inner.QueryAsync(ChangeFeed.Table, range, columns, cancellationToken))
                pages.Add(page);
            _last = last = (begun, pages);
        }

        foreach (var page in last.Pages)
            yield return page;
    }
}
