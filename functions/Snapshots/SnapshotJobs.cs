using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using Newtonsoft.Json.Linq;

namespace FriendCity.Snapshots;

/// <summary>The kinds of operations that snapshots know, their inputs, and their work.</summary>
internal sealed class SnapshotJobs(SnapshotRun run, SnapshotVerify verify)
{
    public const string Snapshot = "snapshot";
    public const string Backfill = "backfill";
    public const string Verify = "verify";

    public static readonly IReadOnlyList<string> Kinds = [Snapshot, Backfill, Verify];

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

    public async Task<OperationEnd> RunAsync(Operation operation, string input, Func<int, int, CancellationToken, Task> progress,
        CancellationToken cancellationToken)
    {
        if (operation.Kind == Verify)
        {
            var id = Read(input, json => (string)json["snapshot"]!);
            var faults = await verify.RunAsync(id, progress, cancellationToken);
            return faults is null ? new OperationEnd(id) : new OperationEnd(id, Problems.SnapshotFailed, faults);
        }

        var job = Read(input, json => new SnapshotJob(Day(json["day"]!), (bool)json["provisional"]!, Once: false)
        {
            Days = [.. json["days"]!.Select(Day)],
            Operation = operation.Id,
            Progress = progress,
        });
        return await run.WaitAndRunAsync(job, cancellationToken) switch
        {
            SnapshotOutcome.Published { Manifest: var manifest, Beside: var beside } => new OperationEnd(manifest.Id) { IsCurrent = beside is null },
            SnapshotOutcome.Early { Today: var today } => new OperationEnd(
                null, Problems.BadParameter, $"{Cells.Format(job.Day)} has not come: by storage's clock it is {Cells.Format(today)}."),
            SnapshotOutcome.Done { Snapshot: var snapshot } => new OperationEnd(snapshot.Id),
            SnapshotOutcome.Busy => new OperationEnd(null, Problems.SnapshotRunning),
            _ => new OperationEnd(null, Problems.SnapshotRunning, "This run lost its lease and published nothing."),
        };
    }

    /// <exception cref="FormatException">It is not what this service wrote.</exception>
    private static T Read<T>(string input, Func<JObject, T> read)
    {
        try
        {
            return read((JObject)Json.Parse(input));
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new FormatException($"What was asked for cannot be read: {fault.Message}", fault);
        }
    }

    private static DateOnly Day(JToken json) =>
        DateFieldType.TryParse((string?)json, out var day) ? day : throw new FormatException($"'{json}' is no day.");
}
