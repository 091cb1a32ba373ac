using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Import;
using FriendCity.Registry;
using FriendCity.Snapshots;

namespace FriendCity.Benchmarks.Nights;

/// <summary>
/// The sample's registry day by day. The office edits some records every day, or its hashes would be the same for years.
/// </summary>
/// <param name="first">The day before which every record has its first version.</param>
internal sealed class SampleYears(List<ImportRow> rows, KpiPresets views, DateOnly first)
{
    private const int EditsADay = 3;

    public IEnumerable<SnapshotDay> Each(DateOnly from, DateOnly to)
    {
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            var age = day.DayNumber - first.DayNumber;
            for (var i = 0; i < rows.Count; i++)
                // Every record in its turn, and so many a day.
                rows[i].Record.Version = 1 + (((EditsADay * (age + 1L)) + rows.Count - 1 - i) / rows.Count);
            yield return new SnapshotDay(RegistrySnapshot.Empty(RegistryTypes.All).With(rows.GroupBy(row => row.Type.Name)
                .ToDictionary(type => type.Key, type => type.Select(row => row.Record).ToList()), DateTimeOffset.UnixEpoch), day, views.All);
        }
    }
}
