using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class KpiTable
{
    private static readonly Columns<Kpi> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<Kpi>("dim_kpi", new("KPIs", "指标"), ["kpi_id"],
    [
        C.Text("kpi_id", "KPI", "指标编号", k => k.Id),
        C.Text("name_en", "Name in English", "英文名称", k => k.Name.En),
        C.Text("name_zh", "Name in Chinese", "中文名称", k => k.Name.Zh),
        C.Text("formula_en", "How it is computed, in English", "计算方法(英文)", k => k.Formula.En),
        C.Text("formula_zh", "How it is computed, in Chinese", "计算方法(中文)", k => k.Formula.Zh),
        C.Text("unit", "What is counted; a ratio is a fraction", "单位(ratio 为小数)", k => k.Unit),
        C.Text("article_paragraph", "Paragraphs of the article", "文章段落", k => k.Paragraph),
        C.Integer("definition_version", "Raised when the computation changes", "定义版本", k => k.Version),
        .. C.Labels("unit", "What is counted", "单位", FigureNames.Units, k => k.Unit),
    ],
    _ => KpiCatalogue.All);
}
