using FriendCity.Kpis.Facts;
using FriendCity.Registry;

namespace FriendCity.Kpis.Model;

/// <summary>Rows of records that decide a figure without being counted in it.</summary>
internal static class Inputs
{
    private static readonly string[] OfCity = ["countryId"];

    public static FigureRow Of(City city) => new("cities", city, city.Source, OfCity);

    /// <summary>Those of the ids that are cities for this figure.</summary>
    public static IEnumerable<FigureRow> Cities(KpiContext context, IEnumerable<string?> ids) =>
        ids.Distinct().Select(context.City).OfType<City>().Select(Of);

    public static IEnumerable<FigureRow> Cities(IEnumerable<CityRelationship> ties) => ties.Select(tie => Of(tie.City));

    /// <summary>Ties with their cities, for figures that are about cities with a tie and count something else.</summary>
    public static IEnumerable<FigureRow> Ties(IReadOnlyCollection<CityRelationship> ties) => [.. ties.Select(tie => tie.Row), .. Cities(ties)];

    /// <summary>The platforms that call for friend-city elements.</summary>
    public static IEnumerable<FigureRow> Platforms(KpiContext context) =>
        PlatformElement.Platforms(context).Select(platform => new FigureRow("platforms", platform, platform.Source, ["embeddingCalledFor"]));
}
