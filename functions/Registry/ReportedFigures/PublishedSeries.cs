using FriendCity.Messages;

namespace FriendCity.Registry;

/// <summary>
/// A series that somebody publishes, with the area it is about: the demonstration area (SCODA), the city of Jiaozhou around it and the port of
/// Qingdao are three areas, so figures of one never continue those of another.
/// </summary>
public sealed record PublishedSeries(string Indicator, Text Name, Text Area)
{
    public const string ScodaTrade = "SCODA_SCO_TRADE";

    private static readonly Text Scoda = new("SCODA", "上合示范区");
    private static readonly Text Jiaozhou = new("Jiaozhou city", "胶州市");
    private static readonly Text Port = new("Qingdao port", "青岛港");

    public static readonly IReadOnlyList<PublishedSeries> All =
    [
        new(ScodaTrade, new("Trade with SCO countries in the year", "当年对上合国家贸易额"), Scoda),
        new("SCODA_SCO_TRADE_TOTAL", new("Trade with SCO countries since 2019", "2019年以来对上合国家贸易额"), Scoda),
        new("JIAOZHOU_SCO_TRADE", new("Trade with SCO countries in the year", "当年对上合国家贸易额"), Jiaozhou),
        new("SCODA_TRAINS", new("Block trains in the year", "当年开行班列"), Scoda),
        new("SCODA_RAIL_ROUTES", new("International rail routes", "国际班列线路"), Scoda),
        new("SCODA_RAIL_ROUTES_ALL", new("Rail routes, domestic ones included", "班列线路（含国内）"), Scoda),
        new("SCODA_RAIL_CITIES", new("Cities reached by rail", "班列通达城市"), Scoda),
        new("SCODA_RAIL_COUNTRIES", new("Countries reached by rail", "班列通达国家"), Scoda),
        new("QINGDAO_PORT_SCO_ROUTES", new("Shipping routes to SCO countries", "通往上合国家航线"), Port),
        new("QINGDAO_PORT_SCO_PORTS", new("Ports reached in SCO countries", "通达上合国家港口"), Port),
    ];

    public static PublishedSeries? Find(string indicator) => All.FirstOrDefault(series => series.Indicator == indicator);
}
