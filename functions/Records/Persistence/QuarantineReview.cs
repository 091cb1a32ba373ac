using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>
/// Looks again at the rows in quarantine: a row that somebody mended or removed by hand was changed without an entry, so nobody tells.
/// </summary>
internal sealed class QuarantineReview(ITableStorage tables, RecordTypes types, Quarantine quarantine)
{
    /// <summary>So many are read again; beyond them the cause is one that a hand cannot mend row by row.</summary>
    private const int Most = 100;

    /// <summary>The rows that still cannot be read. Throws <see cref="StorageException"/> when storage cannot be asked.</summary>
    public async Task<IReadOnlyList<UnreadableRow>> RowsAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(quarantine.Rows.Take(Most),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (known, token) =>
        {
            if (await tables.GetAsync(known.Table, known.Partition, known.Row, token) is not { } row)
                quarantine.Mended(known.Table, known.Partition, known.Row);
            else if (types.All.FirstOrDefault(type => type.Table == known.Table) is { } type)
                quarantine.Read(known.Table, row, each => RecordRows.Read(type, each));
        });
        return quarantine.Rows;
    }
}
