using FriendCity.Http;
using FriendCity.Records;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots.Operations;

/// <summary>The kinds of operations that snapshots know, their inputs, and their work.</summary>
internal sealed class SnapshotOrders(SnapshotRun run, SnapshotVerify verify)
{
    public const string Snapshot = "snapshot";
    public const string Backfill = "backfill";
    public const string Verify = "verify";

    public static string Input(DateOnly day, bool provisional, IReadOnlyList<DateOnly> days) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("day", Cells.Format(day));
        writer.WriteBoolean("provisional", provisional);
        writer.WriteStartArray("days");
        foreach (var each in days)
            writer.WriteStringValue(Cells.Format(each));
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>The snapshot to verify.</summary>
    public static string Input(string id) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("snapshot", id);
        writer.WriteEndObject();
    });

    public async Task<OperationEnd> RunAsync(Operation operation, string input, Func<int, int, CancellationToken, Task> progress, CancellationToken cancellation)
    {
        var json = (JObject)Json.Parse(input);
        if (operation.Kind == Verify)
        {
            var id = (string)json["snapshot"]!;
            var faults = await verify.RunAsync(id, progress, cancellation);
            return faults is null ? new OperationEnd(id) : new OperationEnd(id, Problems.SnapshotFailed, faults);
        }

        var order = new SnapshotOrder(Day(json["day"]!), (bool)json["provisional"]!, Once: false)
        {
            Days = [.. json["days"]!.Select(Day)],
            Operation = operation.Id,
            Progress = progress,
        };
        return await run.WaitAndRunAsync(order, cancellation) switch
        {
            SnapshotOutcome.Published { Manifest: var manifest } => new OperationEnd(manifest.Id),
            SnapshotOutcome.Done { Snapshot: var snapshot } => new OperationEnd(snapshot.Id),
            SnapshotOutcome.Busy => new OperationEnd(null, Problems.SnapshotRunning),
            _ => new OperationEnd(null, Problems.SnapshotRunning, "This run lost its lease and published nothing."),
        };
    }

    private static DateOnly Day(JToken json) => DateKind.TryParse((string?)json, out var day) ? day : throw new InvalidDataException($"'{json}' is no day.");
}
