using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>The match score of each city with its five parts (0–1 each), and the weights that hold, with which the page asks "what if".</summary>
internal static class MatchSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        if (MatchedCity.Weights(context) is not { } held)
            return;
        var weights = MatchKpis.Shares(held);
        writer.Object("match", () =>
        {
            writer.Object("weights", () =>
            {
                writer.Number("industry", weights.Industry);
                writer.Number("culture", weights.Culture);
                writer.Number("logistics", weights.Logistics);
                writer.Number("trackRecord", weights.TrackRecord);
                writer.Number("platforms", weights.Platforms);
            });
            writer.List("cities", MatchedCity.On(context).Select(city => (City: city, Match: MatchScore.Of(weights, city.Inputs)))
                .OrderByDescending(each => each.Match.Score).ThenBy(each => each.City.CityId, StringComparer.Ordinal), each =>
            {
                writer.Json.WriteString("cityId", each.City.CityId);
                writer.Json.WriteBoolean("tied", !each.City.Inputs.IsProspect);
                writer.Number("score", each.Match.Score);
                writer.Number("industry", each.Match.Industry);
                writer.Number("culture", each.Match.Culture);
                writer.Number("logistics", each.Match.Logistics);
                writer.Number("trackRecord", each.Match.TrackRecord);
                writer.Number("platforms", each.Match.Platforms);
            });
        });
    }
}
