using System.Text;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>
/// What is kept of a run whose checks failed: its files stay for a week, and <c>failures/{id}.json</c> says what was wrong, for whoever
/// shows alerts.
/// </summary>
internal sealed class SnapshotEvidence(SnapshotStore store, ILogger<SnapshotEvidence> log)
{
    public const string Folder = "failures/";

    public async Task KeepAsync(string id, DateOnly day, DateTimeOffset at, string message, CancellationToken cancellation)
    {
        log.LogError("Alert snapshot_failed: snapshot {Id} of {Day} is not published: {Message}", id, Cells.Format(day), message);
        var bytes = Encoding.UTF8.GetBytes(Json.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("alert", "snapshot_failed");
            writer.WriteString("snapshotId", id);
            writer.WriteString("snapshotDate", Cells.Format(day));
            writer.WriteString("at", CurrentPointer.Instant(at));
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }));
        try
        {
            await store.WriteOnceAsync($"{Folder}{id}.json", SnapshotFormat.Json.ContentType, bytes, cancellation);
        }
        catch (StorageException fault)
        {
            log.LogError(fault, "The evidence of snapshot {Id} could not be stored", id);
        }
    }
}
