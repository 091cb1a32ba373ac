using FriendCity.Http.Errors;
using FriendCity.Storage.Tables;

namespace FriendCity.Operations;

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

    /// <summary>Whether the snapshot it made became the current one; null where it made none, or is not over.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>What became of an import's rows, as JSON; null for other operations, or before it is known.</summary>
    public string? Import { get; init; }

    /// <summary>The address of the file it made; null where it made none.</summary>
    public string? File { get; init; }

    public bool IsUnreadable { get; private init; }

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
        foreach (var (name, text) in new[] { ("Result", Result), ("Error", Error), ("Detail", Detail), ("Import", Import), ("File", File) })
            if (text is not null)
                columns.Add(name, text);
        if (IsCurrent is { } isCurrent)
            columns["IsCurrent"] = isCurrent;
        return new TableRow(Partition, Id, columns);
    }

    /// <summary>One whose row is not what this service wrote is over: nobody goes on with it, and it says what is wrong with it.</summary>
    public static Operation Of(TableRow row)
    {
        try
        {
            return Read(row);
        }
        catch (FormatException fault)
        {
            return new(row.RowKey, "", Failed, "", default, default, row.ETag)
            {
                Error = Problems.Internal.Name,
                Detail = $"Its row cannot be read: {fault.Message}",
                IsUnreadable = true,
            };
        }
    }

    private static Operation Read(TableRow row) => new(
        row.RowKey, Column<string>(row, "Kind"), Column<string>(row, "State"), Column<string>(row, "Actor"),
        Column<DateTimeOffset>(row, "CreatedAt"), Column<DateTimeOffset>(row, "UpdatedAt"), row.ETag)
    {
        Done = Column<long>(row, "Done"),
        Total = Column<long>(row, "Total"),
        Attempts = Column<long>(row, "Attempts"),
        CancelRequested = Column<bool>(row, "CancelRequested"),
        Result = Optional<string>(row, "Result"),
        Error = Optional<string>(row, "Error"),
        Detail = Optional<string>(row, "Detail"),
        Import = Optional<string>(row, "Import"),
        File = Optional<string>(row, "File"),
        IsCurrent = row.Columns.ContainsKey("IsCurrent") ? Column<bool>(row, "IsCurrent") : null,
    };

    private static T Column<T>(TableRow row, string name) => row.Columns.GetValueOrDefault(name) switch
    {
        string state when name == "State" && state is not (Queued or Running or Succeeded or Failed or Cancelled) =>
            throw new FormatException($"column State is '{state}'."),
        T value => value,
        null => throw new FormatException($"column {name} is missing."),
        _ => throw new FormatException($"column {name} is of another type."),
    };

    private static T? Optional<T>(TableRow row, string name)
        where T : class => row.Columns.ContainsKey(name) ? Column<T>(row, name) : null;
}
