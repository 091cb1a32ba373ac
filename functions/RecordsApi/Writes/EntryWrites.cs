using System.Globalization;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.RecordsApi.Writes;

/// <summary>
/// One entry of a record's list, added, changed or removed without sending the list: a write of the whole record all the same, with its
/// version, rules and history.
/// </summary>
internal sealed class EntryWrites(RecordWrites writes)
{
    /// <summary>Puts the entry behind the others.</summary>
    public Task<IResult> AddAsync(RecordType type, string list, HttpRequest request, string id, CancellationToken cancellationToken) =>
        EditAsync(type, request, id, "application/json", (fields, body) => List(fields, list).Add(body), cancellationToken);

    public Task<IResult> ChangeAsync(RecordType type, string list, HttpRequest request, string id, string entry,
        CancellationToken cancellationToken) =>
        EditAsync(type, request, id, MergePatch.MediaType, (fields, body) =>
        {
            var (entries, at) = Find(fields, list, entry);
            entries[at] = MergePatch.Apply((JObject)entries[at], body);
        }, cancellationToken);

    public Task<IResult> RemoveAsync(RecordType type, string list, HttpRequest request, string id, string entry,
        CancellationToken cancellationToken) =>
        EditAsync(type, request, id, null, (fields, _) =>
        {
            var (entries, at) = Find(fields, list, entry);
            entries.RemoveAt(at);
        }, cancellationToken);

    private Task<IResult> EditAsync(RecordType type, HttpRequest request, string id, string? mediaType, Action<JObject, JObject> edit,
        CancellationToken cancellationToken) => writes.EditAsync(type, request, id, mediaType, (current, body, _) =>
        {
            var fields = RecordJson.Fields(type, current);
            edit(fields, body);
            return fields;
        }, cancellationToken);

    private static JArray List(JObject fields, string list) => (JArray)fields[list]!;

    /// <summary>By its own id where entries have one, else by its place, from 1, which the version that the caller names makes certain.</summary>
    /// <exception cref="ProblemException">There is no such entry.</exception>
    private static (JArray Entries, int At) Find(JObject fields, string list, string entry)
    {
        var entries = List(fields, list);
        for (var i = 0; i < entries.Count; i++)
            if (Json.TextOf(entries[i]["id"]) == entry)
                return (entries, i);
        return int.TryParse(entry, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1 && place <= entries.Count
            ? (entries, place - 1)
            : throw new ProblemException(new(Problems.NotFound, new(
                $"Of the entries of the list {list}, {entries.Count} in all, none is '{entry}'.", $"列表 {list} 共 {entries.Count} 项，其中没有“{entry}”。")));
    }
}
