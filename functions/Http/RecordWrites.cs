using FriendCity.Access;
using FriendCity.Records;
using Newtonsoft.Json.Linq;

namespace FriendCity.Http;

/// <summary>Create, put, merge-patch, delete and restore: read the request, plan against the current version, store, answer.</summary>
internal sealed class RecordWrites(Replica replica, RecordStore store, RecordTypes types, ChangeFeed feed)
{
    private const string MergePatchType = "application/merge-patch+json";

    public async Task<IResult> CreateAsync(RecordType type, HttpRequest request, CancellationToken cancellation)
    {
        var (body, _, problem) = await ReadAsync(request, "application/json", cancellation);
        if (body is null)
            return problem!.Answer();
        if (body["id"] is { Type: JTokenType.Null })
            body.Remove("id");
        else if (body["id"] is { } given && (Json.TextOf(given) is not { } text || !RecordId.IsValid(text)))
            return new Problem(Problems.Invalid, Errors: [new Violation("/id", "bad_id", RecordId.Rule)]).Answer();

        var view = await replica.ReadAsync(cancellation);
        var id = (string?)body["id"] ?? Ulid.New(feed.Now);
        return await WriteAsync(type, request, id, current =>
            current is null ? Next(type, Fields(body, type, id, null), id, null, view) : Nothing(new WriteOutcome.Exists(current)), cancellation);
    }

    public async Task<IResult> PutAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        var (body, conditions, problem) = await ReadAsync(request, "application/json", cancellation);
        if (body is null)
            return problem!.Answer();
        if (!RecordId.IsValid(id))
            return new Problem(Problems.Invalid, Errors: [new Violation("/id", "bad_id", RecordId.Rule)]).Answer();

        var view = await replica.ReadAsync(cancellation);
        return await WriteAsync(type, request, id, current => current switch
        {
            null when conditions!.HasMatch => Nothing(new WriteOutcome.Stale(null)),
            null => Next(type, Fields(body, type, id, null), id, null, view),
            _ => Unmet(current, conditions!) ?? Next(type, Fields(body, type, id, current), id, current, view),
        }, cancellation);
    }

    public async Task<IResult> PatchAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        var (body, conditions, problem) = await ReadAsync(request, MergePatchType, cancellation);
        if (body is null)
            return problem!.Answer();
        if (!RecordId.IsValid(id))
            return RecordAnswers.Missing(type, id);

        var view = await replica.ReadAsync(cancellation);
        return await WriteAsync(type, request, id, current =>
            Unmet(current, conditions!) ?? Next(type, patch => MergePatch.Apply(RecordJson.Fields(type, current!), RecordJson.Fields(body, type, id, current, patch)), id, current, view), cancellation);
    }

    public Task<IResult> DeleteAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation) =>
        ChangeAsync(type, request, id, (current, conditions, view) =>
        {
            if (Unmet(current, conditions) is { } unmet)
                return unmet;
            if (RecordChecks.Referrers(types, view, type.Name, id) is { Count: > 0 } by)
                return Nothing(new WriteOutcome.Referenced(by));
            return new WritePlan.Store(Copy(type, current!, deleted: true));
        }, cancellation);

    public Task<IResult> RestoreAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation) =>
        ChangeAsync(type, request, id, (current, conditions, view) =>
        {
            if (current is null)
                return Nothing(new WriteOutcome.Missing());
            if (conditions.UnmetBy(current.Version) is { } unmet)
                return Nothing(unmet);
            return current.Deleted ? Checked(type, Copy(type, current, deleted: false), view, new Reading()) : Nothing(new WriteOutcome.Unchanged(current));
        }, cancellation);

    /// <summary>A change whose request has no body.</summary>
    private async Task<IResult> ChangeAsync(
        RecordType type, HttpRequest request, string id, Func<Record?, Preconditions, View, WritePlan> plan, CancellationToken cancellation)
    {
        var (conditions, problem) = Preconditions.Of(request);
        if (conditions is null || (problem = Parameters.Check(request)) is not null)
            return problem!.Answer();
        if (!RecordId.IsValid(id))
            return RecordAnswers.Missing(type, id);

        var view = await replica.ReadAsync(cancellation);
        return await WriteAsync(type, request, id, current => plan(current, conditions, view), cancellation);
    }

    private async Task<IResult> WriteAsync(RecordType type, HttpRequest request, string id, Func<Record?, WritePlan> plan, CancellationToken cancellation) =>
        RecordAnswers.Of(type, request, await store.WriteAsync(type, id, Caller.Of(request.HttpContext).Name, plan, cancellation));

    private static async Task<(JObject? Body, Preconditions? Conditions, Problem? Problem)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellation)
    {
        var (conditions, malformed) = Preconditions.Of(request);
        if ((malformed ?? Parameters.Check(request)) is { } problem)
            return (null, null, problem);
        var (body, fault) = await JsonBody.ReadAsync(request, mediaType, cancellation);
        return (body, conditions, fault);
    }

    private static WritePlan.Nothing Nothing(WriteOutcome outcome) => new(outcome);

    /// <summary>Nothing, and why, when the live record may not be changed under these conditions; null when it may.</summary>
    private static WritePlan.Nothing? Unmet(Record? current, Preconditions conditions) => conditions.Unmet(current) is { } outcome ? Nothing(outcome) : null;

    private static Func<Reading, JObject> Fields(JObject body, RecordType type, string id, Record? current) => reading => RecordJson.Fields(body, type, id, current, reading);

    private static WritePlan Next(RecordType type, Func<Reading, JObject> fields, string id, Record? current, View view)
    {
        var reading = new Reading();
        var next = type.Read(fields(reading), reading);
        next.Id = id;
        if (!reading.Failed && current is not null && type.SameFields(current, next))
            return Nothing(new WriteOutcome.Unchanged(current));
        return Checked(type, next, view, reading);
    }

    private static WritePlan Checked(RecordType type, Record next, View view, Reading reading)
    {
        if (!reading.Failed)
            RecordChecks.Check(type, next, view, reading);
        return reading.Failed ? Nothing(new WriteOutcome.Refused(reading.Violations)) : new WritePlan.Store(next);
    }

    private static Record Copy(RecordType type, Record current, bool deleted)
    {
        var copy = type.FromColumns(type.ToColumns(current));
        copy.Deleted = deleted;
        return copy;
    }
}
