using Newtonsoft.Json.Linq;

namespace FriendCity.RecordsApi;

/// <summary>RFC 7396: null removes, an object merges, anything else replaces (lists whole).</summary>
internal static class MergePatch
{
    public const string MediaType = "application/merge-patch+json";

    public static JObject Apply(JObject target, JObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null || value.Type == JTokenType.Null)
                target.Remove(name);
            else if (value is JObject inner)
                target[name] = Apply(target[name] as JObject ?? [], inner);
            else
                target[name] = value.DeepClone();
        }

        return target;
    }
}
