using FriendCity.Http.Errors;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>The names that a filter or order of a set may use, as the metadata spells them.</summary>
internal sealed class FeedNames(FeedModel model, FeedSet set, string option)
{
    /// <summary>The name that the records know for a property.</summary>
    /// <exception cref="ProblemException">The path leads to other rows.</exception>
    /// <exception cref="QueryException">There is no such property.</exception>
    public string Member(PathToken path)
    {
        var root = path;
        while (root.NextToken is PathToken next)
            root = next;
        var here = path.NextToken is null or RangeVariableToken { Name: "$it" };
        if (model.NavigationsOf(set).Any(way => way.Name == root.Identifier))
            throw FeedProblems.NotOffered($"conditions and orders by related rows ({option})", $"按关联行筛选或排序（{option}）", option);
        if (!here || set.Properties.All(property => property.Name != path.Identifier))
            throw QueryNames.Unknown(option, 1, here ? path.Identifier : root.Identifier);
        return FeedProperty.Member(path.Identifier);
    }
}
