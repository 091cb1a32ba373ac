using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>How broad and how deep cooperation with the cities is.</summary>
internal static class DepthKpis
{
    private const int BreadthMonths = 24;
    private const int DepthMonths = 12;

    public static readonly Kpi Breadth = new("K30", new("Sector breadth", "合作领域广度"),
        new("Distinct sectors with a project that is live on the day (signed, in progress or completed), or an activity in the 24 months to the day",
            "当日有在行项目（已签约、进行中或已完成）或近 24 个月内有活动的不同领域数"),
        "sectors", "scope, city", Better.Higher, "P3,P4,P7", 1, ["projects", "activities", "relationships", "cities"],
        CityRelationship.Explained(context =>
        {
            var projects = LiveByCity(context);
            var activities = PastActivities.ByCity(context, BreadthMonths);
            return
            [
                Sectors(DatedProject.On(context, context.AsOf).Where(project => project.IsLive), PastActivities.UpTo(context)
                    .Where(activity => activity.Day > context.AsOf.PlusMonths(-BreadthMonths))),
                .. CityRelationship.On(context, context.AsOf).OrderBy(tie => tie.City.Id, StringComparer.Ordinal)
                    .Select(tie => Sectors(projects[tie.City.Id], activities[tie.City.Id]).By("city", tie.City.Id).RestingOn(Inputs.Ties([tie]))),
            ];
        }));

    public static readonly Kpi EntryPoints = new("K34", new("Entry points with delivery", "突破口落地率"),
        new("City policies in force whose lead centre has at least one live project of that city / city policies in force; one a city",
            "牵头中心已有该市在行项目的“一城一策”数 / 有效“一城一策”数（每市一份）"),
        "ratio", "scope", Better.Higher, "P13", 1, ["policy-profiles", "projects", "cities"],
        context =>
        {
            var projects = LiveByCity(context);
            var policies = context.Of(PolicyProfile.Type).Where(policy => policy.HoldsOn(context.AsOf) && context.InScope(policy.CityId))
                .GroupBy(policy => policy.CityId).Select(versions => versions.MaxBy(policy => policy.ProfileVersion)!).ToList();
            var delivered = policies.Where(policy => policy.LeadCentreId is { } centre
                && projects[policy.CityId].Any(project => project.Project.CentreId == centre)).ToList();
            var rows = policies.Select(policy => new FigureRow("policy-profiles", policy, policy.Source,
                ["cityId", "leadCentreId", "approved", "approvedOn", "expiresOn"]))
                .Concat(delivered.SelectMany(policy => projects[policy.CityId].Where(project => project.Project.CentreId == policy.LeadCentreId))
                    .Select(project => project.Row with { Fields = [.. project.Fields, "cityId", "centreId"] }));
            return
            [
                Figure.Ratio(delivered.Count, policies.Count, [.. rows], new("No city policy is in force on that day.", "该日没有有效的“一城一策”。"))
                    .RestingOn(Inputs.Cities(context, policies.Select(policy => policy.CityId))) with
                {
                    Items = [.. delivered.Select(policy => policy.CityId).Order(StringComparer.Ordinal)],
                },
            ];
        });

    public static readonly Kpi Depth = new("K45", new("Depth index", "合作深度指数"),
        new("100 × (0.4 × stage / 3 + 0.3 × min(1, live projects / 3) + 0.3 × min(1, activities in the 12 months to the day / 4)); stage: intention "
            + "1, friendly cooperation 2, friend city 3", "100 ×(0.4 × 阶段 / 3 + 0.3 × min(1, 在行项目数 / 3)+ 0.3 × min(1, 截至当日 12 个月活动数 / 4))；阶段：意向 1、"
            + "友好合作 2、友好城市 3"),
        "points", "city", Better.Higher, "P7", 1, ["relationships", "cities", "projects", "activities"],
        CityRelationship.Explained(context =>
        {
            var (projects, activities) = (LiveByCity(context), PastActivities.ByCity(context, DepthMonths));
            return CityRelationship.On(context, context.AsOf).OrderBy(tie => tie.City.Id, StringComparer.Ordinal).Select(tie =>
            {
                var (live, held) = (projects[tie.City.Id].ToList(), activities[tie.City.Id].ToList());
                var stage = tie.Stage.Stage switch { StageEvent.FriendCity => 3, StageEvent.FriendlyCooperation => 2, _ => 1 };
                var points = 100 * ((0.4 * stage / 3) + (0.3 * Math.Min(1, live.Count / 3.0)) + (0.3 * Math.Min(1, held.Count / 4.0)));
                return new Figure(points, [.. PastActivities.Rows(held), .. live.Select(project => project.Row), tie.Row]).By("city", tie.City.Id)
                    .RestingOn(Inputs.Of(tie.City));
            });
        }));

    private static ILookup<string, DatedProject> LiveByCity(KpiContext context) => context.Once("live projects by city", context.AsOf, () =>
        DatedProject.On(context, context.AsOf).Where(project => project.IsLive && project.Project.CityId is not null)
            .ToLookup(project => project.Project.CityId!));

    private static Figure Sectors(IEnumerable<DatedProject> projects, IEnumerable<Activity> activities)
    {
        var (live, held) = (projects.ToList(), activities.Where(activity => activity.SectorId is not null).ToList());
        var sectors = live.Select(project => project.Project.SectorId).Concat(held.Select(activity => activity.SectorId!)).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        return new Figure(sectors.Count, [.. PastActivities.Rows(held), .. live.Select(project => project.Row)]) { Items = sectors };
    }
}
