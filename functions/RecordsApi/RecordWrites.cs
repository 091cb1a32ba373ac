using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Records.Schemas;
using FriendCity.RecordsApi.Writes;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.RecordsApi;

/// <summary>Create, put, merge-patch, delete, restore and revert: read the request, plan against the current version, store, answer.</summary>
internal sealed class RecordWrites(Replica replica, RecordStore store, RecordWriter writer, RecordTypes types)
{
    /// <summary>Says that a record which is alike another is another thing all the same.</summary>
    public const string AllowDuplicate = "allowDuplicate";

    private const string Version = "version";

    public async Task<IResult> CreateAsync(RecordType type, HttpRequest request, CancellationToken cancellationToken)
    {
        var (body, _) = await ReadAsync(type, request, "application/json", cancellationToken);
        if (body["id"] is { Type: JTokenType.Null })
            body.Remove("id");
        else if (body["id"] is { } given && (Json.TextOf(given) is not { } text || !RecordId.IsValid(text)))
            throw BadId();

        var registry = await replica.ReadAsync(cancellationToken);
        return await writer.WriteAsync(type, request, (string?)body["id"], (id, current) => current is null
            ? Next(type, request, Fields(body, type, id, null), id, null, registry) : Nothing(new WriteOutcome.Exists(current)), cancellationToken);
    }

    public async Task<IResult> PutAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var (body, conditions) = await ReadAsync(type, request, "application/json", cancellationToken);
        if (!RecordId.IsValid(id))
            throw BadId();

        var registry = await replica.ReadAsync(cancellationToken);
        return await WriteAsync(type, request, id, current => current switch
        {
            null when conditions.HasMatch => Nothing(new WriteOutcome.Stale(null)),
            null => Next(type, request, Fields(body, type, id, null), id, null, registry),
            _ => Replaced(Unmet(current, conditions), () => Next(type, request, Fields(body, type, id, current), id, current, registry)),
        }, cancellationToken);

        // Who repeats the PUT that made a record names no version of it, and changes nothing.
        static WritePlan Replaced(WritePlan.Nothing? unmet, Func<WritePlan> next) => unmet switch
        {
            null => next(),
            { Outcome: WriteOutcome.Unconditional } => next() is WritePlan.Nothing { Outcome: WriteOutcome.Unchanged } same ? same : unmet,
            _ => unmet,
        };
    }

    public Task<IResult> PatchAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken) =>
        EditAsync(type, request, id, MergePatch.MediaType, (current, body, validation) =>
            MergePatch.Apply(RecordJson.Fields(type, current), RecordJson.Fields(body, type, id, current, validation)), cancellationToken);

    public Task<IResult> DeleteAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken) =>
        ChangeAsync(type, request, id, [], (current, conditions, registry) =>
        {
            if (Unmet(current, conditions) is { } unmet)
                return unmet;
            if (RecordChecks.Referrers(types, registry, type.Name, id) is { Count: > 0 } by)
                return Nothing(new WriteOutcome.Referenced(by));
            return new WritePlan.Store(Copy(type, current!, deleted: true));
        }, cancellationToken);

    public Task<IResult> RestoreAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken) =>
        ChangeAsync(type, request, id, Names(type), (current, conditions, registry) =>
        {
            if (current is null)
                return Nothing(new WriteOutcome.Missing());
            if (conditions.UnmetBy(current.Version) is { } unmet)
                return Nothing(unmet);
            return current.Deleted
                ? Checked(type, request, Restored(type, current), null, registry, new ValidationContext())
                    : Nothing(new WriteOutcome.Unchanged(current));
        }, cancellationToken);

    /// <summary>Gives the record the fields of an older version, as a new one; its files stay as they are.</summary>
    public async Task<IResult> RevertAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var conditions = Preconditions.Of(request);
        Check(request, [.. Names(type), Version]);
        var number = Parameters.Integer(request, Version, 0, 1, int.MaxValue);
        if (number == 0)
            throw Parameters.Wrong(Version, "say to which version, such as 3.", "请指明版本，例如 3。");
        if (!RecordId.IsValid(id))
            return RecordResults.Missing(type, id);
        if (await store.VersionAsync(type, id, number, cancellationToken) is not { } older)
            return await store.ReadAsync(type, id, cancellationToken) is null ? RecordResults.Missing(type, id)
                : throw new ProblemException(new(Problems.NotFound, new(
                    $"{type.Name}/{id} has no version {number}.", $"{type.Name}/{id} 没有版本 {number}。")));
        var registry = await replica.ReadAsync(cancellationToken);
        return await WriteAsync(type, request, id, current =>
        {
            if (Unmet(current, conditions) is { } unmet)
                return unmet;
            var next = Copy(type, older, deleted: false);
            next.Id = id;
            return type.SameFields(current!, next)
                ? Nothing(new WriteOutcome.Unchanged(current!)) : Checked(type, request, next, current, registry, new ValidationContext());
        }, cancellationToken);
    }

    /// <summary>Changes the fields of the current version with what was sent.</summary>
    /// <param name="mediaType">Of the body; null where none is sent.</param>
    /// <param name="edit">Makes the fields, as JSON, of the current version and the body.</param>
    public async Task<IResult> EditAsync(RecordType type, HttpRequest request, string id, string? mediaType,
        Func<Record, JObject, ValidationContext, JObject> edit, CancellationToken cancellationToken)
    {
        var conditions = Preconditions.Of(request);
        Check(request, Names(type));
        var body = mediaType is null ? [] : await JsonBody.ReadAsync(request, mediaType, cancellationToken);
        if (!RecordId.IsValid(id))
            return RecordResults.Missing(type, id);

        var registry = await replica.ReadAsync(cancellationToken);
        return await WriteAsync(type, request, id, current => Unmet(current, conditions)
            ?? Next(type, request, validation => edit(current!, body, validation), id, current, registry), cancellationToken);
    }

    /// <summary>A change whose request has no body.</summary>
    private async Task<IResult> ChangeAsync(
        RecordType type, HttpRequest request, string id, string[] names, Func<Record?, Preconditions, RegistrySnapshot, WritePlan> plan,
        CancellationToken cancellationToken)
    {
        var conditions = Preconditions.Of(request);
        Check(request, names);
        if (!RecordId.IsValid(id))
            return RecordResults.Missing(type, id);

        var registry = await replica.ReadAsync(cancellationToken);
        return await WriteAsync(type, request, id, current => plan(current, conditions, registry), cancellationToken);
    }

    private Task<IResult> WriteAsync(RecordType type, HttpRequest request, string id, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken) => writer.WriteAsync(type, request, id, (_, current) => plan(current), cancellationToken);

    private static async Task<(JObject Body, Preconditions Conditions)> ReadAsync(
        RecordType type, HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        var conditions = Preconditions.Of(request);
        Check(request, Names(type));
        return (await JsonBody.ReadAsync(request, mediaType, cancellationToken), conditions);
    }

    private static ProblemException BadId() => new(new(Problems.Invalid, Errors: [new Violation("/id", "bad_id", RecordId.Rule)]));

    /// <summary>The parameters that a write of such a record takes.</summary>
    internal static string[] Names(RecordType type) => type.TakesDuplicates ? [AllowDuplicate] : [];

    private static void Check(HttpRequest request, string[] names)
    {
        Parameters.Check(request, names);
        if (Parameters.Text(request, AllowDuplicate) is not (null or "true" or "false"))
            throw Parameters.Wrong(AllowDuplicate, "true or false.", "应为 true 或 false。");
    }

    private static WritePlan.Nothing Nothing(WriteOutcome outcome) => new(outcome);

    /// <summary>Nothing, and why, when the live record may not be changed under these conditions; null when it may.</summary>
    private static WritePlan.Nothing? Unmet(Record? current, Preconditions conditions) =>
        conditions.Unmet(current) is { } outcome ? Nothing(outcome) : null;

    private static Func<ValidationContext, JObject> Fields(JObject body, RecordType type, string id, Record? current) =>
        validation => RecordJson.Fields(body, type, id, current, validation);

    private WritePlan Next(RecordType type, HttpRequest request, Func<ValidationContext, JObject> fields, string id, Record? current,
        RegistrySnapshot registry)
    {
        var validation = new ValidationContext();
        var next = type.Read(fields(validation), validation);
        next.Id = id;
        if (!validation.Failed && current is not null && type.SameFields(current, next))
            return Nothing(new WriteOutcome.Unchanged(current));
        return Checked(type, request, next, current, registry, validation);
    }

    /// <param name="current">The live record that is to be replaced.</param>
    private WritePlan Checked(RecordType type, HttpRequest request, Record next, Record? current, RegistrySnapshot registry,
        ValidationContext validation)
    {
        RecordChecks.Check(type, next, registry, validation, current);
        if (!validation.Failed && current is not null)
            RecordChecks.CheckReferrers(types, type, next, current, registry, validation);
        if (validation.Failed)
            return Nothing(new WriteOutcome.Refused(validation.Violations));
        var allowed = Parameters.Text(request, AllowDuplicate) == "true";
        var duplicates = type.Duplicates(next, current, registry).Where(each => !(allowed && each.CanBeReal)).ToList();
        return duplicates.Count > 0 ? Nothing(new WriteOutcome.Duplicated(duplicates)) : new WritePlan.Store(next);
    }

    private static Record Restored(RecordType type, Record current)
    {
        var copy = Copy(type, current, deleted: false);
        copy.Id = current.Id;
        return copy;
    }

    private static Record Copy(RecordType type, Record current, bool deleted)
    {
        var copy = type.FromColumns(type.ToColumns(current));
        copy.Deleted = deleted;
        return copy;
    }
}
