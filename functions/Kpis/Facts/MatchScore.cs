namespace FriendCity.Kpis.Facts;

/// <summary>What each part of the match score weighs; any scale, only the relations count.</summary>
internal sealed record MatchShares(double Industry, double Culture, double Logistics, double TrackRecord, double Platforms);

/// <summary>How much the home city wants a sector, 0–3, and what that weighs.</summary>
internal sealed record SectorDemand(string SectorId, double Demand, double Weight);

/// <summary>What is known about a city. An unknown input is null.</summary>
internal sealed record MatchInputs
{
    /// <summary>A prospect has no tie on the day: its track record and platforms are 0.</summary>
    public required bool IsProspect { get; init; }

    /// <summary>How strong the city is, 0–3, by sector; a sector that is not rated is 0, an empty list is unknown.</summary>
    public required IReadOnlyDictionary<string, double> Strengths { get; init; }

    public required IReadOnlyList<SectorDemand> Demand { get; init; }

    public bool? SharedFestival { get; init; }

    public bool? LanguageOrSchoolTie { get; init; }

    public bool? YouthProgramme { get; init; }

    public bool? TourismLink { get; init; }

    public bool? OnHubNetwork { get; init; }

    public bool? DirectRail { get; init; }

    public bool? DirectAirOrSea { get; init; }

    public required int SignedIn36Months { get; init; }

    public required int ActivitiesIn12Months { get; init; }

    public required int PlatformsWithElement { get; init; }

    /// <summary>How many platforms call for friend-city elements; none makes the part unknown.</summary>
    public required int Platforms { get; init; }
}

/// <summary>The match score of a city with its parts: a pure function of weights and inputs.</summary>
/// <param name="Score">0–100; a part that is unknown is left out and the weights of the others are scaled up. Null when all are unknown.</param>
/// <param name="Potential">0–100, of industry, culture and logistics only; prospects are compared by it.</param>
/// <param name="Completeness">The weight of the known parts, 0–1.</param>
/// <param name="Industry">0–1, as the other four parts; null when an input is unknown.</param>
internal sealed record MatchScore(double? Score, double? Potential, double Completeness, double? Industry, double? Culture, double? Logistics,
    double? TrackRecord, double? Platforms)
{
    private const int LargestDemands = 5;

    public static MatchScore Of(MatchShares weights, MatchInputs inputs)
    {
        var (industry, culture, logistics) = (IndustryOf(inputs), CultureOf(inputs), LogisticsOf(inputs));
        double? track = inputs.IsProspect ? 0 : (0.5 * Math.Min(1, inputs.SignedIn36Months / 3.0)) + (
            0.5 * Math.Min(1, inputs.ActivitiesIn12Months / 4.0));
        double? platforms = inputs.Platforms == 0 ? null : inputs.IsProspect ? 0 : (double)inputs.PlatformsWithElement / inputs.Platforms;

        (double Weight, double? Part)[] fit = [(weights.Industry, industry), (weights.Culture, culture), (weights.Logistics, logistics)];
        (double Weight, double? Part)[] all = [.. fit, (weights.TrackRecord, track), (weights.Platforms, platforms)];
        var known = all.Where(each => each.Part is not null).Sum(each => each.Weight);
        return new MatchScore(Mean(all), Mean(fit), known / all.Sum(each => each.Weight), industry, culture, logistics, track, platforms);
    }

    private static double? Mean(IEnumerable<(double Weight, double? Part)> parts)
    {
        var known = parts.Where(each => each.Part is not null).ToList();
        var weight = known.Sum(each => each.Weight);
        return weight == 0 ? null : 100 * known.Sum(each => each.Weight * each.Part!.Value) / weight;
    }

    /// <summary>min(1, Σ w·min(a, d) / Σ of the five largest w·d), with a = strength / 3 and d = demand / 3.</summary>
    private static double? IndustryOf(MatchInputs inputs)
    {
        var wanted = inputs.Demand.Select(each => each.Weight * each.Demand / 3).OrderDescending().Take(LargestDemands).Sum();
        return inputs.Strengths.Count == 0 || wanted == 0 ? null
            : Math.Min(1, inputs.Demand.Sum(each => each.Weight * Math.Min(inputs.Strengths.GetValueOrDefault(each.SectorId) / 3,
                each.Demand / 3)) / wanted);
    }

    private static double? CultureOf(MatchInputs inputs) =>
        inputs is { SharedFestival: { } festival, LanguageOrSchoolTie: { } language, YouthProgramme: { } youth, TourismLink: { } tourism }
            ? new[] { festival, language, youth, tourism }.Count(each => each) / 4.0
            : null;

    private static double? LogisticsOf(MatchInputs inputs) =>
        inputs is { OnHubNetwork: { } hub, DirectRail: { } rail, DirectAirOrSea: { } airOrSea }
            ? (hub ? 0.5 : 0) + (rail ? 0.25 : 0) + (airOrSea ? 0.25 : 0)
            : null;
}
