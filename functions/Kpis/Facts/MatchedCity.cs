using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Facts;

/// <summary>A city with a profile, what its match score is made of on the figure's day, and the rows behind each part.</summary>
internal sealed record MatchedCity(PolicyProfile Profile, MatchInputs Inputs, FigureRow Rated, IReadOnlyList<FigureRow> Demand,
    IReadOnlyList<FigureRow> Track, IReadOnlyList<FigureRow> Elements)
{
    private const int SignedMonths = 36;
    private const int ActivityMonths = 12;

    private static readonly string[] Ratings = ["sectorStrengths"];
    private static readonly string[] CultureFields = ["sharedFestival", "languageOrSchoolTie", "youthProgramme", "tourismLink"];
    private static readonly string[] LogisticsFields = ["onHubNetwork", "directRail", "directAirOrSea"];

    public string CityId => Profile.CityId;

    /// <summary>The row by which the city has a score at all.</summary>
    public FigureRow Itself => Row(["cityId", "approvedOn", "expiresOn"]);

    public IReadOnlyList<FigureRow> Industry => [Rated, .. Demand];

    public IReadOnlyList<FigureRow> Culture => [Row(CultureFields)];

    public IReadOnlyList<FigureRow> Logistics => [Row(LogisticsFields)];

    /// <summary>The weights that hold on the day, or null.</summary>
    public static MatchWeights? Weights(KpiContext context) =>
        context.Of(MatchWeights.Type).Where(weights => weights.HoldsOn(context.AsOf)).MaxBy(weights => weights.WeightsVersion);

    /// <summary>
    /// Every city in scope with a profile, by id; of several profiles the newest that has not expired, approved or not: a rating needs no
    /// approval.
    /// </summary>
    public static IReadOnlyList<MatchedCity> On(KpiContext context) => context.Once("matched cities", context.AsOf, () =>
    {
        var demand = context.Of(HomeDemand.Type).Where(each => each.HoldsOn(context.AsOf)).ToList();
        var signed = DatedProject.On(context, context.AsOf).Where(project => project.Signed > context.AsOf.PlusMonths(-SignedMonths))
            .ToLookup(project => project.Project.CityId);
        var activities = PastActivities.ByCity(context, ActivityMonths);
        var elements = PlatformElement.On(context).ToLookup(element => element.CityId);
        return context.Of(PolicyProfile.Type)
            .Where(profile => Periods.Holds(profile.ApprovedOn, profile.ExpiresOn, context.AsOf) && context.InScope(profile.CityId))
            .GroupBy(profile => profile.CityId).Select(versions => versions.MaxBy(profile => profile.ProfileVersion)!)
            .OrderBy(profile => profile.CityId, StringComparer.Ordinal)
            .Select(profile => Of(context, profile, demand, [.. signed[profile.CityId]], [.. activities[profile.CityId]],
                [.. elements[profile.CityId]]))
            .ToList();
    });

    private static MatchedCity Of(KpiContext context, PolicyProfile profile, List<HomeDemand> demand, List<DatedProject> signed,
        List<Activity> activities, List<PlatformElement> elements)
    {
        var strengths = profile.SectorStrengths.Where(context.Counts).DistinctBy(each => each.SectorId).ToList();
        var inputs = new MatchInputs
        {
            IsProspect = !CityRelationship.Circle(context).Contains(profile.CityId),
            Strengths = strengths.ToDictionary(each => each.SectorId, each => (double)each.Strength!.Value),
            Demand = [.. demand.Select(each => new SectorDemand(each.SectorId, each.Demand!.Value, each.Weight!.Value))],
            SharedFestival = profile.SharedFestival,
            LanguageOrSchoolTie = profile.LanguageOrSchoolTie,
            YouthProgramme = profile.YouthProgramme,
            TourismLink = profile.TourismLink,
            OnHubNetwork = profile.OnHubNetwork,
            DirectRail = profile.DirectRail,
            DirectAirOrSea = profile.DirectAirOrSea,
            SignedIn36Months = signed.Count,
            ActivitiesIn12Months = activities.Count,
            PlatformsWithElement = elements.Select(element => element.Platform.Id).Distinct().Count(),
            Platforms = PlatformElement.Platforms(context).Count,
        };
        return new MatchedCity(profile, inputs,
            new FigureRow("policy-profiles", profile, Sources.Weakest([profile.Source, .. strengths.Select(each => each.Source)]), Ratings),
            [.. demand.Select(each => new FigureRow("home-demands", each, each.Source, ["demand", "weight", "since", "until"]))],
            [.. signed.Select(project => project.Row), .. PastActivities.Rows(activities)],
            [.. elements.Select(element => element.Row)]);
    }

    private FigureRow Row(IReadOnlyList<string> fields) => new("policy-profiles", Profile, Profile.Source, fields);
}
