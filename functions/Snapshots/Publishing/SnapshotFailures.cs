using System.Globalization;
using System.Text;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;

namespace FriendCity.Snapshots.Publishing;

/// <summary>A run that failed, and after which no snapshot has been published.</summary>
/// <param name="Day">The day whose figures it was to publish.</param>
/// <param name="Message">What was wrong, as the run says it.</param>
internal sealed record FailedSnapshot(DateOnly Day, DateTimeOffset At, string Message);

/// <summary>
/// What is kept of a run whose checks failed: its files stay for a week, and <c>failures/{id}.json</c> says what was wrong. It is an
/// alert until a later run publishes.
/// </summary>
internal sealed class SnapshotFailures(SnapshotStore store, ILogger<SnapshotFailures> log)
{
    public const string Folder = "failures/";

    /// <summary>The newest failure, unless a snapshot has been published since.</summary>
    public async Task<FailedSnapshot?> UnrepairedAsync(CancellationToken cancellationToken)
    {
        BlobItem? newest = null;
        await foreach (var item in store.ListAsync(Folder, cancellationToken))
            if (newest is null || item.LastModified >= newest.LastModified)
                newest = item;
        if (newest is null || await store.BytesAsync(newest.Name, cancellationToken) is not { } bytes)
            return null;

        var failed = Read(newest, bytes);
        return (await store.PublishedAsync(cancellationToken)).Any(each => each.PublishedAt > failed.At) ? null : failed;
    }

    public async Task KeepAsync(string id, DateOnly day, DateTimeOffset at, string message, CancellationToken cancellationToken)
    {
        log.LogError("Alert snapshot_failed: snapshot {Id} of {Day} is not published: {Message}", id, Cells.Format(day), message);
        var bytes = Encoding.UTF8.GetBytes(Json.Text(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("alert", "snapshot_failed");
            writer.WriteString("snapshotId", id);
            writer.WriteString("snapshotDate", Cells.Format(day));
            ValueComparers.Write(writer, "at", at);
            writer.WriteString("message", message);
            writer.WriteEndObject();
        }));
        try
        {
            await store.WriteOnceAsync($"{Folder}{id}.json", SnapshotFormat.Json.ContentType, bytes, cancellationToken);
        }
        catch (StorageException fault)
        {
            log.LogError(fault, "The evidence of snapshot {Id} could not be stored", id);
        }
    }

    /// <summary>A file that somebody spoilt still says by its name and time that a run failed, and of which day.</summary>
    private static FailedSnapshot Read(BlobItem item, byte[] bytes)
    {
        try
        {
            var json = Json.Parse(Encoding.UTF8.GetString(bytes));
            var at = DateTimeOffset.Parse((string)json["at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            // Stored at once, so a later hour than storage's is a wrong clock's: it would stand over every snapshot to come.
            return new FailedSnapshot(
                Cells.ParseDay((string)json["snapshotDate"]!),
                at < item.LastModified ? at : item.LastModified, (string)json["message"]!);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            var name = item.Name[Folder.Length..];
            var day = name.Length >= DateFieldType.Pattern.Length
                && DateFieldType.TryParse(name.AsSpan(0, DateFieldType.Pattern.Length), out var named)
                ? named : DateOnly.FromDateTime(item.LastModified.UtcDateTime);
            return new FailedSnapshot(day, item.LastModified, $"What was wrong cannot be read: {item.Name} is damaged.");
        }
    }
}
