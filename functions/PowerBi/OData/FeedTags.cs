using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FriendCity.Access;
using FriendCity.Http;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Query;

namespace FriendCity.PowerBi.OData;

/// <summary>
/// Tells whether a page is still the one a client holds: by every id and version of the records it is made of, or by the snapshot, so that
/// each instance says the same. Weak, because the link to the next page is signed anew each time.
/// </summary>
internal static class FeedTags
{
    public static string Of(FeedSource source, FeedQuery query, HttpRequest request, FeedForm form, int size)
    {
        var asked = request.Query.Where(option => option.Key != Parameters.Code).Select(option => $"{option.Key}={option.Value}");
        string[] parts =
        [
            .. Sources(source, query), Caller.Of(request.HttpContext).Holder, PublicAddress.Of(request, request.Path), form.Type,
            FormattableString.Invariant($"{size}"), .. asked,
        ];
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return $"W/\"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}\"";
    }

    private static IEnumerable<string> Sources(FeedSource source, FeedQuery query)
    {
        if (source is not { Set: LiveSet live, Registry: { } registry })
            return [query.Snapshot!];
        var types = live.SourceTypes.Concat(query.Shown.Expansions.SelectMany(expansion => expansion.Navigation.Target.SourceTypes));
        return types.Distinct().Select(type => registry.Of(type).Digest.ToString("x", CultureInfo.InvariantCulture)).Append(live.Besides ?? "");
    }
}
