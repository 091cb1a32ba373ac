using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Registry;

namespace FriendCity.Dashboard.Data.Sections;

/// <summary>Where everything is: the home city, the cities that any panel names, the countries in scope, the hubs of the networks.</summary>
internal static class PlaceSection
{
    public static void Write(SectionWriter writer)
    {
        var context = writer.Context;
        var ties = CityRelationship.On(context, context.AsOf);
        var home = context.City(context.Of(Relationship.Type).GroupBy(tie => tie.HomeCityId).MaxBy(group => group.Count())?.Key);
        if (home is not null)
            writer.Object("home", () => City(writer, home));
        var hubs = context.Of(Network.Type).SelectMany(network => NetworkKpis.Hubs(context, network)).ToList();
        var named = ties.Select(tie => tie.City).Concat(hubs.Select(hub => hub.City))
            .Concat(MatchedCity.On(context).Select(city => context.City(city.CityId)).OfType<City>()).DistinctBy(city => city.Id);
        writer.List("cities", named.OrderBy(city => city.Id, StringComparer.Ordinal), city => City(writer, city));
        var highest = ties.GroupBy(tie => tie.City.CountryId)
            .ToDictionary(group => group.Key, group => group.MaxBy(tie => StageEvent.Stages.IndexOf(tie.Stage.Stage))!.Stage.Stage);
        writer.List("countries", context.Countries.Values.OrderBy(country => country.Id, StringComparer.Ordinal), country =>
        {
            writer.Json.WriteString("id", country.Id);
            writer.Text("name", country.NameEn, country.NameZh);
            writer.Json.WriteString("stage", highest.GetValueOrDefault(country.Id));
        });
        var blank = NetworkKpis.Blank.Figures(context).SelectMany(figure => figure.Items!).ToHashSet();
        writer.List("networks", context.Of(Network.Type), network =>
        {
            writer.Json.WriteString("id", network.Id);
            writer.Text("name", network.NameEn, network.NameZh);
            writer.Texts("directions", network.Directions);
            writer.List("nodes", hubs.Where(hub => hub.Network == network), hub =>
            {
                writer.Json.WriteString("cityId", hub.City.Id);
                writer.Json.WriteBoolean("tied", !blank.Contains(hub.City.Id));
            });
        });
    }

    private static void City(SectionWriter writer, City city)
    {
        writer.Json.WriteString("id", city.Id);
        writer.Json.WriteString("countryId", city.CountryId);
        writer.Text("name", city.NameEn, city.NameZh);
        writer.Number("latitude", city.Latitude);
        writer.Number("longitude", city.Longitude);
    }
}
