using FriendCity.Access;
using FriendCity.Records;
using FriendCity.Records.Persistence;

namespace FriendCity.RecordsApi.Writes;

/// <summary>The last step of every write: stores or rehearses what is planned, and answers as the caller prefers.</summary>
internal sealed class RecordWriter(RecordStore store)
{
    public async Task<IResult> WriteAsync(RecordType type, HttpRequest request, string id, Func<Record?, WritePlan> plan,
        CancellationToken cancellationToken)
    {
        var (preferences, actor) = (WritePreferences.Of(request), Caller.Of(request.HttpContext).Name);
        var outcome = preferences.DryRun
            ? await store.RehearseAsync(type, id, actor, plan, cancellationToken) : await store.WriteAsync(type, id, actor, plan, cancellationToken);
        return RecordResults.Of(type, request, outcome, preferences.Minimal);
    }
}
