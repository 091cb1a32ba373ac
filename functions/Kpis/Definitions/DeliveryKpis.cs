using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Whether what was signed is alive, and whether platforms, strategies and policies reach the cities.</summary>
internal static class DeliveryKpis
{
    public static readonly Kpi SignedShare = new("K17", new("Signed share", "意向签约率"),
        new("Projects signed after the baseline / (those + open intentions)", "基线后签约项目数 /（签约项目数 + 在谈意向数）"), "ratio", "scope", Better.Higher, "P3", 1,
        ["projects"],
        context =>
        {
            var counted = DatedProject.SignedOrIntended(context).ToList();
            return [Figure.Ratio(counted.Count(project => project.Signed is not null), counted.Count, DatedProject.Rows(counted),
                new("There is no project.", "没有项目。"))];
        });

    public static readonly Kpi Live = new("K18", new("Live signed share", "签约在行率"),
        new("Signed projects that are neither stalled nor terminated / signed projects", "未停滞且未终止的签约项目数 / 签约项目数"), "ratio", "scope", Better.Higher,
        "P7,P8", 1, ["projects"],
        context =>
        {
            var signed = DatedProject.SignedSinceBaseline(context);
            return [Figure.Ratio(signed.Count(project => project.IsLive), signed.Count, DatedProject.Rows(signed),
                new("Nothing was signed.", "没有签约项目。"))];
        });

    public static readonly Kpi Embedding = new("K27", new("Platform embedding matrix", "平台植入矩阵"),
        new("Platform-city pairs with a friend-city element / (platforms that call for one × cities of the circle)",
            "有友城元素的“平台-城市”对数 /（要求植入的平台数 × 朋友圈城市数）"), "ratio", "scope", Better.Higher, "P8,P13", 1, ["platforms", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var cities = CityRelationship.Circle(context);
            var platforms = PlatformElement.Platforms(context);
            var elements = PlatformElement.On(context).Where(element => cities.Contains(element.CityId))
                .DistinctBy(element => (element.Platform.Id, element.CityId)).Select(element => element.Row).ToList();
            return [Figure.Ratio(elements.Count, platforms.Count * cities.Count, elements, new("There is no platform or no city.", "没有平台或城市。"))
                .RestingOn([.. Inputs.Platforms(context), .. Inputs.Ties(CityRelationship.On(context, context.AsOf))])];
        }));

    public static readonly Kpi Strategies = new("K31", new("Region-strategy coverage", "区域策略覆盖"),
        new("Countries in scope that a region strategy names / countries in scope", "有区域策略的范围内国家数 / 范围内国家数"), "ratio", "scope", Better.Higher,
        "P11,P12", 1, ["strategies"],
        context =>
        {
            var strategies = context.Of(RegionStrategy.Type).Where(strategy => strategy.HoldsOn(context.AsOf)).ToList();
            var covered = strategies.SelectMany(strategy => strategy.CountryIds).Where(context.Countries.ContainsKey).Distinct().Count();
            return [Figure.Ratio(covered, context.Countries.Count,
                [.. strategies.Select(strategy => new FigureRow("strategies", strategy, strategy.Source, ["countryIds", "since", "until"]))],
                new("No country is in scope on that day.", "该日统计范围内没有国家。"))];
        });

    public static readonly Kpi Policies = new("K33", new("One-city policy coverage", "一城一策覆盖率"),
        new("Cities of the circle with an approved, unexpired policy / cities of the circle", "有已批准且未过期“一城一策”的朋友圈城市数 / 朋友圈城市数"), "ratio", "scope",
        Better.Higher, "P13", 1, ["policy-profiles", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var cities = CityRelationship.Circle(context);
            var policies = context.Of(PolicyProfile.Type).Where(policy => policy.HoldsOn(context.AsOf) && cities.Contains(policy.CityId))
                .DistinctBy(policy => policy.CityId).ToList();
            return [Figure.Ratio(policies.Count, cities.Count,
                [.. policies.Select(policy => new FigureRow("policy-profiles", policy, policy.Source,
                ["cityId", "approved", "approvedOn", "expiresOn"]))], new("There is no city in the circle.", "朋友圈中没有城市。"))
                .RestingOn(Inputs.Ties(CityRelationship.On(context, context.AsOf)))];
        }));
}
