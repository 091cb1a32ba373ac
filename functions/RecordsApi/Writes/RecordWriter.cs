using System.Globalization;
using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Idempotency;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;

namespace FriendCity.RecordsApi.Writes;

/// <summary>
/// The last step of every write: stores or rehearses what is planned, once for each Idempotency-Key, and answers as the caller prefers.
/// </summary>
internal sealed class RecordWriter(RecordStore store, KeyedRequests requests, ChangeFeed feed)
{
    private const string Stored = "stored";
    private const string Unchanged = "unchanged";

    /// <param name="id">Null for a record that gets its id here.</param>
    /// <param name="plan">Decides by the record's id and current version.</param>
    /// <param name="prepare">What comes first, where the write was not made by an earlier try; its answer, if any, is the end of it.</param>
    public async Task<IResult> WriteAsync(RecordType type, HttpRequest request, string? id, Func<string, Record?, WritePlan> plan,
        CancellationToken cancellationToken, Func<Task<IResult?>>? prepare = null)
    {
        var (preferences, actor) = (WritePreferences.Of(request), Caller.Of(request.HttpContext).Name);
        // A rehearsal keeps nothing, its key neither.
        if (IdempotencyKey.Of(request) is { } key && !preferences.DryRun)
            return await requests.RunAsync(request, key, RunAsync, ReplayAsync, cancellationToken);
        if (prepare is not null && await prepare() is { } refused)
            return refused;
        var of = id ?? Ulid.New(feed.Now);
        return Answer(preferences.DryRun ? await store.RehearseAsync(type, of, actor, current => plan(of, current), cancellationToken)
            : await store.WriteAsync(type, of, actor, current => plan(of, current), cancellationToken));

        async Task<Answered> RunAsync(Attempt attempt)
        {
            var target = id ?? attempt.OperationId;
            var isMade = prepare is not null && attempt.Again
                && await store.FindAsync(type, target, attempt.OperationId, cancellationToken) is not null;
            if (prepare is not null && !isMade && await prepare() is { } unprepared)
                return new(unprepared, null);
            var outcome = await store.WriteOnceAsync(type, target, new(actor, attempt.OperationId, attempt.Again),
                current => plan(target, current), cancellationToken);
            return new(Answer(outcome), Kept(outcome), outcome is WriteOutcome.Stored { IsEarlier: true });
        }

        async Task<IResult> ReplayAsync(string kept)
        {
            if (kept.Split(' ') is not [var word, var of, var number] || !long.TryParse(number, CultureInfo.InvariantCulture, out var version)
                || await store.VersionAsync(type, of, version, cancellationToken) is not { } record)
                throw new UnreadableRowException(type.Name, id ?? "");
            return Answer(word == Stored ? new WriteOutcome.Stored(record) : new WriteOutcome.Unchanged(record));
        }

        IResult Answer(WriteOutcome outcome) => RecordResults.Of(type, request, outcome, preferences.Minimal);
    }

    /// <summary>Answers are as long as records are, and history has those: a place in it is enough.</summary>
    private static string? Kept(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Stored { Record: var record } => string.Create(CultureInfo.InvariantCulture, $"{Stored} {record.Id} {record.Version}"),
        WriteOutcome.Unchanged { Record: var record } => string.Create(CultureInfo.InvariantCulture, $"{Unchanged} {record.Id} {record.Version}"),
        _ => null,
    };
}
