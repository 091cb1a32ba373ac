using System.Globalization;
using System.Text;

namespace FriendCity.Benchmarks.Cost;

/// <summary>docs/cost.md.</summary>
internal static class CostPage
{
    public const string Minute = "minute without work";

    private const int MinutesAMonth = 30 * 24 * 60;

    private const string Head = """
        # What storage bills

        Storage bills requests by ten thousand. These are the requests that the service sends for each operation, counted below its clients over the
        sample by `dotnet run dev.cs bench cost`, which writes this page; a test counts again and compares. 存储按请求计费；下表为每项操作向存储发出的请求数。

        | operation | table requests | blob writes | blob lists, containers | blob reads | other blob requests |
        |---|---|---|---|---|---|

        """;

    private static string Foot(int minute) => string.Create(CultureInfo.InvariantCulture, $$$"""

        - A **read** costs one poll of the change feed, whatever it reads. A poll begins at once when none asks just then; whoever comes meanwhile shares the
          next. `Prefer: stale-ok` costs a poll a second at most, however many send it. Without readers an instance asks nothing.
        - A **busy hour** of an instance costs at most 720,000 polls, and 120,000 more when it was idle before: the setting `PollsPerSecond` (default 200)
          bounds their number on average over ten minutes. Readers beyond that wait for the next poll, together, 5 ms at the default.
        - A **write** costs its own poll (the rules see what others wrote), the current row, the entry, and one transaction with the row and its history.
          An `Idempotency-Key` costs two more. The next read of **each** instance then fetches the row.
        - An **import** sends an entry and a transaction for each pack of up to fifty rows of one partition. With 32 entries or more in the last half
          minute, a poll is two requests, seldom three: the keys of all, and what the newest name. A large registry costs a **start** one request for each
          thousand rows of a partition.
        - A **minute** passes without readers too: the Functions host then calls the timer that looks for operations which were broken off, on one of
          the instances. That is {{{minute * MinutesAMonth:N0}}} requests in a month of 30 days, however many instances there are. What the host itself asks of its account
          (the status and the lock of its timers, its keys) is not among them: it is the host's, and so is its number.
        - Besides: while requests come, each instance reads the keys every 8 s (one table request), and
          once the key that signs cursors. Deleted blobs are not billed.

        ## In money

        `cost = Σ requests × price of 10,000 / 10,000`, over the five columns. Prices differ by region, redundancy and contract and change; none stand here.
        Put those of the day into a file and let `dotnet run dev.cs bench cost --prices FILE` print what ten thousand of each operation cost,
        with the date of the prices:

        ```json
        {"date": "yyyy-MM-dd", "source": "where they were read", "currency": "CNY",
         "per10000": {"tables": 0, "blobWrites": 0, "blobLists": 0, "blobReads": 0, "blobOthers": 0}}
        ```

        """);

    public static string Text(IReadOnlyList<Priced> counts)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var (what, bill) in counts)
            text.Append(CultureInfo.InvariantCulture,
                $"| {what} | {bill.Tables} | {bill.BlobWrites} | {bill.BlobLists} | {bill.BlobReads} | {bill.BlobOthers} |\n");
        return text.Append(Foot(Sum(Minute)).ReplaceLineEndings("\n")).ToString();

        int Sum(string what) => counts.Single(each => each.What == what).Bill.Sum;
    }
}
