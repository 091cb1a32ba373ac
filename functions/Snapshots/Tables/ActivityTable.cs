using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class ActivityTable
{
    private static readonly Columns<(Activity Activity, SnapshotDay Day)> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<(Activity Activity, SnapshotDay Day)>(
        "fact_activity", new("Activities", "活动"), ["activity_id"],
    [
        C.Text("activity_id", "Activity", "活动编号", r => r.Activity.Id),
        C.Text("activity_type", "Type", "类型", r => r.Activity.Kind),
        C.Text("title_en", "Title in English", "英文标题", r => r.Activity.TitleEn),
        C.Text("title_zh", "Title in Chinese", "中文标题", r => r.Activity.TitleZh),
        C.Date("activity_date", "Date", "日期", r => r.Activity.Date),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", r => r.Activity.DatePrecision, nullable: true),
        C.Text("date_source", "Where the date comes from, when not from the source", "日期来源(与来源不同时)", r => r.Activity.DateSource, nullable: true),
        C.Text("mode", "online, offline or hybrid", "形式", r => r.Activity.Mode, nullable: true),
        C.Text("mechanism_id", "Brand or regular event", "机制", r => r.Activity.MechanismId, nullable: true),
        C.Text("sector_id", "Sector", "领域", r => r.Activity.SectorId, nullable: true),
        C.List("city_ids", "Cities", "城市", r => r.Activity.CityIds),
        C.List("country_ids", "Countries", "国家", r => r.Activity.CountryIds),
        .. C.Provenance(r => r.Activity),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", r => Evidence(r.Activity)),
        .. C.Labels("activity_type", "Type", "类型", Activity.Types, r => r.Activity.Kind),
        .. C.Labels("date_precision", "How exactly the date is known", "日期精度", Provenance.Precisions, r => r.Activity.DatePrecision),
        .. C.Labels("date_source", "Where the date comes from", "日期来源", Provenance.Sources, r => r.Activity.DateSource),
        .. C.Labels("mode", "Mode", "形式", Activity.Modes, r => r.Activity.Mode),
        .. C.Labels("mechanism", "Brand or regular event", "机制", r => FigureNames.Named(r.Day.Registry, Mechanism.Type, r.Activity.MechanismId)),
        .. C.Labels("cities", "Cities", "城市", r => FigureNames.Named(r.Day.Registry, City.Type, r.Activity.CityIds)),
        .. C.Labels("countries", "Countries", "国家", r => FigureNames.Named(r.Day.Registry, Country.Type, r.Activity.CountryIds)),
        .. C.ProvenanceLabels(r => r.Activity),
        .. C.Labels("evidence", "Weakest source the row rests on", "最弱来源", Provenance.Sources, r => Evidence(r.Activity)),
    ],
    day => day.Registry.Of(Activity.Type).Live.Select(activity => (activity, day)));

    private static string Evidence(Activity activity) => Sources.Weakest(activity.Source, activity.DateSource);
}
