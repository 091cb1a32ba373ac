using FriendCity.Kpis.Model;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class ActivityTable
{
    private static readonly Columns<Activity> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<Activity>("fact_activity", new("Activities", "活动"), ["activity_id"],
    [
        C.Text("activity_id", "Activity", "活动编号", a => a.Id),
        C.Text("activity_type", "Type", "类型", a => a.Kind),
        C.Text("title_en", "Title in English", "英文标题", a => a.TitleEn),
        C.Text("title_zh", "Title in Chinese", "中文标题", a => a.TitleZh),
        C.Date("activity_date", "Date", "日期", a => a.Date),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", a => a.DatePrecision, nullable: true),
        C.Text("date_source", "Where the date comes from, when not from the source", "日期来源(与来源不同时)", a => a.DateSource, nullable: true),
        C.Text("mode", "online, offline or hybrid", "形式", a => a.Mode, nullable: true),
        C.Text("mechanism_id", "Brand or regular event", "机制", a => a.MechanismId, nullable: true),
        C.Text("sector_id", "Sector", "领域", a => a.SectorId, nullable: true),
        C.List("city_ids", "Cities", "城市", a => a.CityIds),
        C.List("country_ids", "Countries", "国家", a => a.CountryIds),
        .. C.Provenance(a => a),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", a => Sources.Weakest(a.Source, a.DateSource)),
    ],
    day => day.Registry.Of(Activity.Type).Live);
}
