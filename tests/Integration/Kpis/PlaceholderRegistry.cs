using System.Globalization;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Microsoft.VisualBasic.FileIO;

namespace FriendCity.Tests.Integration.Kpis;

/// <summary>
/// The sample's nine formal ties and 71 further rows, most of them placeholders: enough to prove that 80 cities in 43 countries are
/// counted right. Placeholders exist here only; a registry never holds invented ties.
/// </summary>
internal static class PlaceholderRegistry
{
    public static string Cities() => Value("K01");

    public static string Countries() => Value("K02");

    private static string Value(string kpi)
    {
        var registry = Registry();
        var context = new KpiContext(registry, new DateOnly(2024, 3, 25), registry.Of(Scope.Type).Get("SCO17_ARTICLE")!, ["ARTICLE", "PLACEHOLDER"],
            new DateOnly(2018, 6, 9));
        return KpiCatalogue.Values(context).Single(value => value.Kpi.Id == kpi
            && value.Figure.Dimension?.Value == "computed").Figure.Value!.Value.ToString(CultureInfo.InvariantCulture);
    }

    private static RegistrySnapshot Registry()
    {
        var rows = Rows.OfSample();
        using var csv = new TextFieldParser(Path.Combine(AppContext.BaseDirectory, "Kpis", "world_with_placeholders.csv"));
        csv.SetDelimiters(",");
        var countries = new HashSet<string>();
        for (csv.ReadFields(); csv.ReadFields() is [var id, var country, var name, _, _];)
        {
            if (countries.Add(country))
                rows.Add("countries", country, $"{{'nameEn':'{country}','nameZh':'{country}','scenario':'PLACEHOLDER'}}");
            rows.Add("cities", id, $"{{'countryId':'{country}','entityLevel':'city','nameEn':'{name}','nameZh':'{name}','scenario':'PLACEHOLDER'}}");
            rows.Add("relationships", "R" + id,
                $"{{'homeCityId':'CNTAO','homeEntityLevel':'city','cityId':'{id}','scenario':'PLACEHOLDER','source':'illustrative',"
                + "'stages':[{'stage':'FRIENDLY_COOPERATION','date':'2010-01-01','documentType':'agreement','scenario':'PLACEHOLDER','source':'illustrative'}]}");
        }

        return rows.Registry;
    }
}
