using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <summary>A city on one day, under one view.</summary>
/// <param name="Tie">Null for a city without a tie that counts on that day.</param>
internal sealed record KpiCityRow(
    DateOnly Day, KpiPreset View, DateOnly AsOf, City City, CityRelationship? Tie, IReadOnlyList<DatedProject> Projects,
    IReadOnlyList<Activity> Activities)
{
    private const int Months = 12;

    public IEnumerable<Activity> Recent => Activities.Where(activity => activity.Day > AsOf.PlusMonths(-Months));

    /// <summary>By the rule of K13, to the day.</summary>
    public bool IsDormant => !Silence.Awake(Activities, AsOf, Months).Any();

    /// <summary>The weakest source of each record behind the row.</summary>
    public IEnumerable<string> Evidence =>
    [
        .. Tie is null ? [] : (IEnumerable<string>)[Sources.Weakest(Tie.Relationship.Source, Tie.Stage.Source)],
        .. Projects.Select(project => project.Source),
        .. Activities.Select(activity => Sources.Weakest(activity.Source, activity.DateSource)),
    ];
}

/// <summary>
/// The table <c>kpi_city_daily</c>: each city that has a tie, a project or an activity, day after day. Each snapshot holds all days so far.
/// </summary>
internal static class KpiCityDaily
{
    private static readonly Columns<KpiCityRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<KpiCityRow>(
        "kpi_city_daily", new("Cities day by day", "每日城市指标"), ["snapshot_date", "view", "city_id"],
    [
        C.Date("snapshot_date", "Day of the snapshot", "快照日期", r => r.Day),
        C.Text("view", "Named choice of date, scope and evidence", "视图", r => r.View.Name),
        C.Text("city_id", "City", "城市", r => r.City.Id),
        C.Text("country_id", "Country", "国家", r => r.City.CountryId),
        C.Text("stage", "Stage of the tie; null without a tie that counts", "友好关系阶段(无计入的关系时为空)", r => r.Tie?.Stage.Stage, nullable: true),
        C.Date("stage_since", "Since when it stands at that stage", "进入该阶段的日期", r => r.Tie?.Stage.Date, nullable: true),
        C.Flag("is_formal", "Friendly cooperation or friend city", "是否正式阶段", r => r.Tie?.IsFormal, nullable: true),
        C.Integer("projects", "Projects that exist on the day", "项目数", r => r.Projects.Count, unit: "projects"),
        C.Integer("projects_signed", "Of them signed", "其中已签约", r => r.Projects.Count(project => project.Signed is not null), unit: "projects"),
        C.Integer("activities", "Activities up to the day", "截至当日活动数", r => r.Activities.Count, unit: "activities"),
        C.Integer("activities_12_months", "Activities in the 12 months to the day", "近 12 个月活动数", r => r.Recent.Count(), unit: "activities"),
        C.Date("last_activity", "Date of the last activity", "最近一次活动日期", r => r.Activities.Count == 0
            ? null : r.Activities.Max(activity => activity.Day), nullable: true),
        C.Flag("is_dormant", "A tie, but no activity for 12 months; null without a tie", "休眠(有关系而近 12 个月无活动;无关系时为空)", r => r.Tie is null
            ? null : r.IsDormant, nullable: true),
        C.Integer("rows", "Records behind the row", "依据的记录数", r => r.Evidence.Count(), unit: "records"),
        C.Integer("illustrative_rows", "How many of them are illustrative", "其中示例性记录数",
            r => r.Evidence.Count(source => source == Provenance.Illustrative), unit: "records"),
        C.Text("scope_id", "Which countries", "统计范围", r => r.View.ScopeId),
        C.List("scenarios", "Which evidence", "证据集", r => r.View.Scenarios),
        C.Date("as_of", "What was true on this day", "统计时点", r => r.AsOf),
    ],
    day => day.Views.SelectMany(named => Rows(day, named)));

    private static IEnumerable<KpiCityRow> Rows(SnapshotDay day, KpiPreset named)
    {
        if (day.Ask(named) is not { } context)
            return [];

        var (registry, asOf) = (day.Registry, context.AsOf);
        var ties = CityRelationship.On(context, asOf).ToDictionary(tie => tie.City.Id);
        var projects = DatedProject.On(context, asOf).Where(project => project.Project.CityId is not null)
            .ToLookup(project => project.Project.CityId!);
        var activities = context.Of(Activity.Type).Where(activity => activity.Day <= asOf)
            .SelectMany(activity => activity.CityIds.Distinct().Select(city => (City: city, Activity: activity)))
                .ToLookup(pair => pair.City, pair => pair.Activity);
        return
            from city in registry.Of(City.Type).Live
            where context.Countries.ContainsKey(city.CountryId)
                && (ties.ContainsKey(city.Id) || projects.Contains(city.Id) || activities.Contains(city.Id))
            select new KpiCityRow(day.Date, named, asOf, city, ties.GetValueOrDefault(city.Id), [.. projects[city.Id]], [.. activities[city.Id]]);
    }
}
