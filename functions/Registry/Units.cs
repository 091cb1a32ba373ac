using FriendCity.Messages;

namespace FriendCity.Registry;

/// <summary>What the numbers of records count or measure.</summary>
internal static class Units
{
    public static readonly Text Currency = new("in the currency that the field currency names", "币种见 currency 字段");
    public static readonly Text InUnit = new("in the unit that the field unit names", "单位见 unit 字段");
    public static readonly Text InQuantityUnit = new("in the unit that the field quantityUnit names", "单位见 quantityUnit 字段");
    public static readonly Text YuanPerUnit = new("CNY for one unit of the currency", "一单位外币折合人民币元");
    public static readonly Text Share = new("share, 0 to 1", "占比，0 至 1");
    public static readonly Text Grade = new("grade, 0 (none) to 3 (high)", "等级，0（无）至 3（高）");
    public static readonly Text Degrees = new("degrees, WGS 84", "度，WGS 84");
    public static readonly Text Years = new("years", "年");
    public static readonly Text Persons = new("persons", "人");
    public static readonly Text Jobs = new("jobs", "个");
    public static readonly Text Reports = new("reports", "篇");
    public static readonly Text EventsPerYear = new("events a year", "场/年");
    public static readonly Text Number = new("number in a sequence, from 1", "序号，自 1 起");
}
