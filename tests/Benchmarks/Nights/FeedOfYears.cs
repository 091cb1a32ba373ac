using System.Diagnostics;
using System.Text.Json;
using FriendCity.PowerBi.OData.Query;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Records.Query;
using FriendCity.Serialization;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;
using Record = FriendCity.Records.Record;

namespace FriendCity.Benchmarks.Nights;

/// <summary>
/// What Power BI asks of <c>KpiDaily</c>, answered by the feed's own code without HTTP: all rows page by page as JSON that nobody keeps, and how
/// many there are. Five years of rows beside one: memory must not know the difference.
/// </summary>
internal static class FeedOfYears
{
    private const int Page = 5000;
    private const int Pages = 50;
    private const double MostTimes = 1.25;

    /// <summary>What the process takes does not go down again, so a ratio of it says little.</summary>
    private const double MoreMiB = 30;
    private const string Filter = "kpiId eq 'K03'";

    private static readonly StarSet Daily = StarSet.Of(KpiDaily.Table);

    /// <param name="small">A table of some rows.</param>
    public static async Task<IReadOnlyList<Line>> RunAsync(TableRows five, TableRows one, TableRows small)
    {
        Load(one);
        var (all, year) = (Load(five), Load(one));
        return
        [
            Line.Note("feed: rows of kpi_daily, five years, one year", "rows", all.Rows, year.Rows),
            Line.Note("feed: a full load, five years beside one", "rows/s", all.Rate, year.Rate),
            Line.AtMost("feed: most managed memory of it", "MiB", all.Managed, year.Managed, MostTimes, "one year"),
            Line.Above("feed: most resident memory of it", "MiB", all.Resident, year.Resident, MoreMiB, "one year"),
            Line.Note("feed: /$count", "ms", Ms(five, (source, query) => source.Count(query.Rows)),
                Ms(one, (source, query) => source.Count(query.Rows))),
            Line.Note("feed: /$count with a filter", "ms", Ms(five, (source, query) => source.Count(query.Rows), Filter),
                Ms(one, (source, query) => source.Count(query.Rows), Filter)),
            Line.Note("feed: the first page by the newest day", "ms", Ms(five, Write, null, "snapshotDate desc"),
                Ms(one, Write, null, "snapshotDate desc")),
            await FirstPageAsync(one),
            await FirstPageAsync(small),
        ];
    }

    /// <summary>Beside the same rows held in memory.</summary>
    private static async Task<Line> FirstPageAsync(TableRows files)
    {
        var set = StarSet.Of(files.Table);
        using var source = Open(files);
        var (query, columns) = (Query(set), Enumerable.Range(0, files.Table.Columns.Count));
        var held = set.Type.EmptySet.With([.. source.Page(query, Page).Rows.Select(row => (Record)((StarRow)row).Keep(columns))]);
        var (ours, theirs) = await Rounds.CompareAsync(Pages, () => MsAsync(() => source.Page(query, Page)),
            () => MsAsync(() => FeedPage.Of(query, held, Page)));
        return Line.Note($"feed: a page of {held.Count} rows beside rows in memory", "ms", ours, theirs);

        Task<double> MsAsync(Func<FeedPage> page)
        {
            var begun = Stopwatch.GetTimestamp();
            Write(query, page());
            return Task.FromResult(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
    }

    private static (double Rows, double Rate, double Managed, double Resident) Load(TableRows files)
    {
        using var source = Open(files);
        var (rows, begun) = (0L, Stopwatch.GetTimestamp());
        using var managed = HighestMemory.Managed();
        using var resident = HighestMemory.Resident();
        for (FeedQuery? query = Query(Daily); query is not null;)
        {
            var page = source.Page(query, Page);
            rows += Write(query, page);
            query = page.Next() is { } next ? query with { After = next } : null;
        }

        if (rows != source.Count(Query(Daily).Rows))
            throw new InvalidOperationException($"There are {rows} rows.");
        return (rows, rows / Stopwatch.GetElapsedTime(begun).TotalSeconds, managed.MiB, resident.MiB);
    }

    /// <summary>The second time, as the first compiles.</summary>
    private static double Ms(TableRows files, Func<StarSource, FeedQuery, long> ask, string? filter = null, string? order = null)
    {
        using var source = Open(files);
        var query = Query(Daily, filter, order);
        ask(source, query);
        var begun = Stopwatch.GetTimestamp();
        ask(source, query);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static StarSource Open(TableRows files) => new(StarSet.Of(files.Table), new StarTable(files), () => { }, CancellationToken.None);

    private static FeedQuery Query(StarSet set, string? filter = null, string? order = null)
    {
        var text = new QueryText(set.Name, filter, order, null, null);
        return new(text, set.Type.Query(text), new FeedSelection(set.Properties, [], ""), null, 0, false, null, "years");
    }

    private static long Write(StarSource source, FeedQuery query) => Write(query, source.Page(query, Page));

    private static long Write(FeedQuery query, FeedPage page)
    {
        var rows = 0L;
        using var writer = new Utf8JsonWriter(Stream.Null, Json.Writing);
        writer.WriteStartArray();
        foreach (var row in page.Rows)
        {
            writer.WriteStartObject();
            query.Shown.Write(writer, row, null);
            writer.WriteEndObject();
            writer.Flush();
            rows++;
        }

        writer.WriteEndArray();
        return rows;
    }
}
