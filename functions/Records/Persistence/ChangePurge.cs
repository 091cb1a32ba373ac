using System.Globalization;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>Deletes old entries of the change feed; who reads it further behind starts over.</summary>
internal sealed class ChangePurge(ITableStorage tables, ChangeFeed feed)
{
    /// <summary>Deletes whole hours that ended more than <paramref name="kept"/> ago; answers how many entries went.</summary>
    public async Task<int> RunAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        var before = (feed.Now - kept).UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        var deleted = 0;
        // Rows come in the order of hours: the first that stays ends the work.
        await foreach (var page in tables.QueryAsync(ChangeFeed.Table, TableRange.All, ["Type"], cancellationToken))
        {
            var old = page.TakeWhile(row => string.CompareOrdinal(row.PartitionKey, before) < 0).ToList();
            foreach (var hour in old.GroupBy(row => row.PartitionKey))
                foreach (var part in hour.Chunk(TableLimits.Operations))
                    // A refusal is a row that another run deletes at the same time: what is left goes the next night.
                    if (await tables.SubmitAsync(ChangeFeed.Table, [.. part.Select(row => TableOperation.Delete(row.PartitionKey, row.RowKey, "*"))],
                        cancellationToken) is TableSubmit.Committed)
                        deleted += part.Length;
            if (old.Count < page.Count)
                break;
        }

        return deleted;
    }
}
