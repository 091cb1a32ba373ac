using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Facts;

/// <summary>Other weights for the match score, or other inputs of one city; what is null stays as the registry has it.</summary>
internal sealed record WhatIf(MatchShares? Weights, string? CityId, Func<MatchInputs, MatchInputs> Change);

/// <summary>A city's match score as it is and as it would be.</summary>
/// <param name="Stored">Null when no weights hold on the day.</param>
internal sealed record WhatIfCity(string CityId, bool IsProspect, MatchScore? Stored, MatchScore Changed)
{
    /// <summary>Every city in the order of the changed scores, the best first. Nothing is stored.</summary>
    public static IReadOnlyList<WhatIfCity> Of(KpiContext context, WhatIf question, MatchShares weights)
    {
        var held = MatchedCity.Weights(context) is { } record ? MatchKpis.Shares(record) : null;
        return
        [
            .. MatchedCity.On(context).Select(city =>
            {
                var inputs = city.CityId == question.CityId ? question.Change(city.Inputs) : city.Inputs;
                return new WhatIfCity(city.CityId, inputs.IsProspect, held is null ? null : MatchScore.Of(held, city.Inputs),
                    MatchScore.Of(weights, inputs));
            }).OrderByDescending(city => city.Changed.Score).ThenBy(city => city.CityId, StringComparer.Ordinal),
        ];
    }
}
