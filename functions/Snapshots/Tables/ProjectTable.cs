using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class ProjectTable
{
    private static readonly Columns<(Project Project, SnapshotDay Day)> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<(Project Project, SnapshotDay Day)>(
        "fact_project", new("Projects", "项目"), ["project_id"],
    [
        C.Text("project_id", "Project", "项目编号", r => r.Project.Id),
        C.Text("name_en", "Name in English", "英文名称", r => r.Project.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", r => r.Project.NameZh),
        C.Text("city_id", "City; null for a project with a country", "城市(国家级项目为空)", r => r.Project.CityId, nullable: true),
        C.Text("country_id", "Country", "国家", r => r.Project.CountryId),
        C.Text("sector_id", "Sector", "领域", r => r.Project.SectorId),
        C.Text("centre_id", "Centre it serves", "所属中心", r => r.Project.CentreId, nullable: true),
        C.Text("platform_id", "Platform", "平台", r => r.Project.PlatformId, nullable: true),
        C.Text("doc_type", "Document", "文件类型", r => r.Project.DocType, nullable: true),
        C.Text("status", "Present status", "当前状态", r => r.Project.Status),
        C.Date("status_date", "Since when, where statuses are dated", "状态日期(如有)", r => Last(r.Project)?.Date, nullable: true),
        C.Date("agreement_date", "Agreed on", "签约日期", r => r.Project.AgreementDate, nullable: true),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", r => r.Project.DatePrecision, nullable: true),
        C.Date("start_date", "Started on", "启动日期", r => r.Project.StartDate, nullable: true),
        C.Date("end_date", "Ended on", "结束日期", r => r.Project.EndDate, nullable: true),
        C.Decimal("planned_value", "Planned value in its currency", "计划金额(原币种)", r => r.Project.PlannedValue, nullable: true),
        C.Text("currency", "ISO 4217 code", "币种(ISO 4217)", r => r.Project.Currency, nullable: true),
        C.Flag("counts_in_article", "One of the article's 26 (cross-check)", "属于文章所述 26 项(核对用)", r => r.Project.CountsInArticle, nullable: true),
        .. C.Provenance(r => r.Project),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", r => Evidence(r.Project)),
        .. C.Labels("platform", "Platform", "平台", r => FigureNames.Named(r.Day.Registry, Platform.Type, r.Project.PlatformId)),
        .. C.Labels("doc_type", "Document", "文件类型", CodeTable.Documents, r => r.Project.DocType),
        .. C.Labels("status", "Present status", "当前状态", ProjectStatus.Statuses, r => r.Project.Status),
        .. C.Labels("date_precision", "How exactly the date is known", "日期精度", Provenance.Precisions, r => r.Project.DatePrecision),
        .. C.ProvenanceLabels(r => r.Project),
        .. C.Labels("evidence", "Weakest source the row rests on", "最弱来源", Provenance.Sources, r => Evidence(r.Project)),
    ],
    day => day.Registry.Of(Project.Type).Live.Select(project => (project, day)));

    private static string Evidence(Project project) => Sources.Weakest(project.Source, Last(project)?.Source);

    private static ProjectStatus? Last(Project project) => project.StatusEvents is [.., var last] ? last : null;
}
