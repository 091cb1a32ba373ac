using FriendCity.Records;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Idempotency;

/// <summary>A request with a key, in the table <c>requests</c>: who carries it out now, or what came of it.</summary>
/// <param name="FirstAt">Storage time of the first try: with it begins the time for which the key is known.</param>
/// <param name="Runner">The try that carries it out.</param>
/// <param name="LeaseEnd">Until when it does, where nothing is heard of it.</param>
internal sealed record RequestRow(string Name, string Content, DateTimeOffset FirstAt, string Runner, DateTimeOffset LeaseEnd)
{
    public const string Table = "requests";

    /// <summary>The column that says how old a row is.</summary>
    public const string Age = nameof(FirstAt);

    /// <summary>Null for as long as it has not succeeded.</summary>
    public string? Kept { get; init; }

    public string? ETag { get; init; }

    public string OperationId => Ulid.Of(FirstAt, Convert.FromHexString(Name).AsSpan(0, 10));

    /// <summary>Sixteen partitions, so that old rows go a hundred at a time.</summary>
    public static (string Partition, string Row) Key(string name) => (name[..1], name);

    public TableRow ToRow()
    {
        var (partition, row) = Key(Name);
        var columns = new Dictionary<string, object>
        {
            ["Content"] = Content,
            [Age] = FirstAt,
            ["Runner"] = Runner,
            ["LeaseEnd"] = LeaseEnd,
        };
        if (Kept is not null)
            columns.Add("Kept", Kept);
        return new TableRow(partition, row, columns);
    }

    /// <exception cref="UnreadableRowException">A hand has changed it: whether the request was carried out is not to be told.</exception>
    public static RequestRow Of(TableRow row) =>
        row.Text("Content") is { } content && row.Text("Runner") is { } runner
            && Instant(row, Age) is { } first && Instant(row, "LeaseEnd") is { } end
            ? new(row.RowKey, content, first, runner, end) { Kept = row.Text("Kept"), ETag = row.ETag }
            : throw new UnreadableRowException(Table, row.RowKey);

    public static DateTimeOffset? Instant(TableRow row, string column) => row.Columns.GetValueOrDefault(column) as DateTimeOffset?;
}
