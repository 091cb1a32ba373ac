using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records.Query.Filters;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>Reads <c>$orderby</c>: properties, each with a direction; what would be more is refused.</summary>
internal static class FeedOrder
{
    private const string Option = "$orderby";

    /// <summary>The order as records read it.</summary>
    /// <exception cref="ProblemException">The order is none, or by what the feed does not offer.</exception>
    /// <exception cref="QueryException">There is no such property.</exception>
    public static string Translate(FeedModel model, FeedSet set, string text)
    {
        var names = new FeedNames(model, set, Option);
        return string.Join(',', FeedExpression.Split(Option, text).Select(key => Key(names, key.Trim())));
    }

    private static string Key(FeedNames names, string key)
    {
        var direction = key.EndsWith(" desc", StringComparison.Ordinal) ? "desc" : "asc";
        var expression = FeedExpression.Parse(Option, key.EndsWith($" {direction}", StringComparison.Ordinal) ? key[..^direction.Length] : key);
        return expression.Root is EndPathToken property
            ? $"{names.Member(property)} {direction}"
            : throw FeedProblems.NotOffered($"an order by anything but a field ({Option})", $"按字段以外的内容排序（{Option}）", Option);
    }
}
