using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData;

/// <summary>
/// Tells whether a page is still the one a client holds: by every id and version of the records it is made of, or by the snapshot, so that
/// each instance says the same. Weak, because the link to the next page is signed anew each time.
/// </summary>
internal sealed class FeedTags
{
    /// <summary>By the set's stamp; sets never change, so each is gone through once.</summary>
    private readonly ConditionalWeakTable<object, string> _known = [];

    public string Of(FeedMoment moment, FeedQuery query, HttpRequest request, FeedForm form, int size)
    {
        var asked = request.Query.Where(option => option.Key != Parameters.Code).Select(option => $"{option.Key}={option.Value}");
        string[] parts =
        [
            .. Sources(moment, query), Caller.Of(request.HttpContext).Name, PublicAddress.Of(request, request.Path), form.Type,
            FormattableString.Invariant($"{size}"), .. asked,
        ];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return $"W/\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";
    }

    public static bool Knows(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch.SelectMany(each => (each ?? "").Split(',')).Any(each => each.Trim() is var known && (known == "*" || known == etag));

    private IEnumerable<string> Sources(FeedMoment moment, FeedQuery query)
    {
        if (moment is not { Set: LiveSet live, View: { } view })
            return [query.Snapshot!];
        var types = live.MadeOf.Concat(query.Shown.Expansions.SelectMany(expansion => expansion.Navigation.Target.MadeOf));
        return types.Distinct().Select(type => Of(view.Of(type))).Append(live.Besides ?? "");
    }

    private string Of(RecordSet set) => _known.GetValue(set.Stamp, _ => Hash(set));

    private static string Hash(RecordSet set)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < set.Count; i++)
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{set[i].Id} {set[i].Version}\n")));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
