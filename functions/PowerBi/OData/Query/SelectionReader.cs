using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>Reads <c>$select</c> and <c>$expand</c>: one step, with a selection of its own; what would be more is refused.</summary>
internal sealed class SelectionReader(FeedModel model)
{
    private const string Expand = "$expand";

    /// <exception cref="ProblemException">Something is asked for that the feed does not offer.</exception>
    public FeedSelection Read(FeedSet set, SelectExpandClause? clause) => Read(set, clause, inner: false);

    private FeedSelection Read(FeedSet set, SelectExpandClause? clause, bool inner)
    {
        if (clause is null)
            return new(set.Properties, [], "");

        var (named, ways, expansions) = (new HashSet<string>(), new List<string>(), new List<FeedExpansion>());
        var all = clause.AllSelected;
        foreach (var item in clause.SelectedItems)
            switch (item)
            {
                case WildcardSelectItem:
                    all = true;
                    break;
                case PathSelectItem { SelectedPath: { Count: 1, FirstSegment: PropertySegment property } }:
                    named.Add(property.Property.Name);
                    break;
                // Power Query names what it expands in $select too; unexpanded, a way is nothing but its address, which little metadata leaves out.
                case PathSelectItem { SelectedPath: { Count: 1, FirstSegment: NavigationPropertySegment way } }:
                    ways.Add(way.NavigationProperty.Name);
                    break;
                case ExpandedNavigationSelectItem expanded when inner:
                    throw FeedProblems.NotOffered($"expanding more than one step ({expanded.PathToNavigationProperty.FirstSegment.Identifier})",
                        "多于一级的展开", Expand);
                case ExpandedNavigationSelectItem expanded:
                    expansions.Add(Expansion(set, expanded));
                    break;
                case ExpandedCountSelectItem:
                    throw FeedProblems.NotOffered("counts alone ($count)", "仅返回数量（$count）", Expand);
                case ExpandedReferenceSelectItem:
                    throw FeedProblems.NotOffered("references alone ($ref)", "仅返回引用（$ref）", Expand);
                default:
                    throw FeedProblems.NotOffered("selecting anything but a property ($select)", "选择属性以外的内容（$select）", "$select");
            }

        if (all)
            return new(set.Properties, expansions, "");
        // What is expanded has its own brackets.
        var context = set.Properties.Where(property => named.Contains(property.Name)).Select(property => property.Name)
            .Concat(ways.Except(expansions.Select(each => each.Navigation.Name)))
                .Concat(expansions.Select(each => each.Navigation.Name + each.Selection.Context));
        return new([.. set.Properties.Where(property => named.Contains(property.Name))], expansions, $"({string.Join(',', context)})");
    }

    private FeedExpansion Expansion(FeedSet set, ExpandedNavigationSelectItem item)
    {
        if (item is not
            {
                FilterOption: null, OrderByOption: null, TopOption: null, SkipOption: null, CountOption: null, SearchOption: null,
                LevelsOption: null, ApplyOption: null, ComputeOption: null
            })
            throw FeedProblems.NotOffered("options other than $select inside $expand", " $expand 中 $select 以外的选项", Expand);
        if (item.PathToNavigationProperty is not { Count: 1, FirstSegment: NavigationPropertySegment { NavigationProperty.Name: var name } })
            throw FeedProblems.NotOffered("expanding anything but a navigation property", "展开导航属性以外的内容", Expand);
        var navigation = model.NavigationsOf(set).Single(each => each.Name == name);
        return new(navigation, Read(navigation.Target, item.SelectAndExpand, inner: true));
    }
}
