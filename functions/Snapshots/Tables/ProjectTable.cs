using FriendCity.Kpis.Model;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class ProjectTable
{
    private static readonly Columns<Project> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<Project>("fact_project", new("Projects", "项目"), ["project_id"],
    [
        C.Text("project_id", "Project", "项目编号", p => p.Id),
        C.Text("name_en", "Name in English", "英文名称", p => p.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", p => p.NameZh),
        C.Text("city_id", "City; null for a project with a country", "城市(国家级项目为空)", p => p.CityId, nullable: true),
        C.Text("country_id", "Country", "国家", p => p.CountryId),
        C.Text("sector_id", "Sector", "领域", p => p.SectorId),
        C.Text("centre_id", "Centre it serves", "所属中心", p => p.CentreId, nullable: true),
        C.Text("platform_id", "Platform", "平台", p => p.PlatformId, nullable: true),
        C.Text("doc_type", "Document", "文件类型", p => p.DocType, nullable: true),
        C.Text("status", "Present status", "当前状态", p => p.Status),
        C.Date("status_date", "Since when, where statuses are dated", "状态日期(如有)", p => Last(p)?.Date, nullable: true),
        C.Date("agreement_date", "Agreed on", "签约日期", p => p.AgreementDate, nullable: true),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", p => p.DatePrecision, nullable: true),
        C.Date("start_date", "Started on", "启动日期", p => p.StartDate, nullable: true),
        C.Date("end_date", "Ended on", "结束日期", p => p.EndDate, nullable: true),
        C.Decimal("planned_value", "Planned value in its currency", "计划金额(原币种)", p => p.PlannedValue, nullable: true),
        C.Text("currency", "ISO 4217 code", "币种(ISO 4217)", p => p.Currency, nullable: true),
        C.Flag("counts_in_article", "One of the article's 26 (cross-check)", "属于文章所述 26 项(核对用)", p => p.CountsInArticle, nullable: true),
        .. C.Provenance(p => p),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", p => Sources.Weakest(p.Source, Last(p)?.Source)),
    ],
    day => day.Registry.Of(Project.Type).Live);

    private static ProjectStatus? Last(Project project) => project.StatusEvents is [.., var last] ? last : null;
}
