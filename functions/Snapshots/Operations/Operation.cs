using FriendCity.Storage;

namespace FriendCity.Snapshots.Operations;

/// <summary>Work that takes longer than a request: who asked for what, how far it is, what came of it.</summary>
/// <param name="Id">A ULID; also the name of the input's blob.</param>
/// <param name="ETag">Of the row; null for one that is not stored yet.</param>
internal sealed record Operation(string Id, string Kind, string State, string Actor, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string? ETag)
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    private const string Partition = "operations";

    /// <summary>Steps done, of <see cref="Total"/>; both are 0 before it is known how many there are.</summary>
    public long Done { get; init; }

    public long Total { get; init; }

    /// <summary>How often it was begun: a process that is killed leaves the rest to another.</summary>
    public long Attempts { get; init; }

    public bool CancelRequested { get; init; }

    /// <summary>The id of the snapshot it made or looked at.</summary>
    public string? Result { get; init; }

    /// <summary>The stable code of what went wrong; <see cref="Detail"/> says it in words.</summary>
    public string? Error { get; init; }

    public string? Detail { get; init; }

    public bool IsOver => State is Succeeded or Failed or Cancelled;

    public static (string Partition, string Row) Key(string id) => (Partition, id);

    public TableRow ToRow()
    {
        var columns = new Dictionary<string, object>
        {
            ["Kind"] = Kind,
            ["State"] = State,
            ["Actor"] = Actor,
            ["CreatedAt"] = CreatedAt,
            ["UpdatedAt"] = UpdatedAt,
            ["Done"] = Done,
            ["Total"] = Total,
            ["Attempts"] = Attempts,
            ["CancelRequested"] = CancelRequested,
        };
        foreach (var (name, text) in new[] { ("Result", Result), ("Error", Error), ("Detail", Detail) })
            if (text is not null)
                columns.Add(name, text);
        return new TableRow(Partition, Id, columns);
    }

    public static Operation Of(TableRow row) => new(
        row.RowKey, row.Text("Kind") ?? "", row.Text("State") ?? "", row.Text("Actor") ?? "", Instant(row, "CreatedAt"), Instant(row, "UpdatedAt"), row.ETag)
    {
        Done = row.Integer("Done") ?? 0,
        Total = row.Integer("Total") ?? 0,
        Attempts = row.Integer("Attempts") ?? 0,
        CancelRequested = row.Columns.GetValueOrDefault("CancelRequested") is true,
        Result = row.Text("Result"),
        Error = row.Text("Error"),
        Detail = row.Text("Detail"),
    };

    private static DateTimeOffset Instant(TableRow row, string column) => row.Columns.GetValueOrDefault(column) is DateTimeOffset at ? at : default;
}
