using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <summary>A figure of one day, under one view.</summary>
internal sealed record KpiDailyRow(SnapshotDay Day, KpiPreset View, DateOnly AsOf, KpiValue Value);

/// <summary>The table <c>kpi_daily</c>: every figure of every view, day after day. Each snapshot holds all days so far.</summary>
internal static class KpiDaily
{
    private static readonly Columns<KpiDailyRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<KpiDailyRow>(
        "kpi_daily", new("KPIs day by day", "每日指标"), ["snapshot_date", "view", "kpi_id", "dimension", "dimension_value", "measure"],
    [
        C.Date("snapshot_date", "Day of the snapshot", "快照日期", r => r.Day.Date),
        C.Text("view", "Named choice of date, scope and evidence", "视图", r => r.View.Name),
        C.Text("kpi_id", "KPI", "指标编号", r => r.Value.Kpi.Id),
        C.Text("dimension", "What the figure is broken down by", "维度", r => r.Value.Figure.Dimension?.Name, nullable: true),
        C.Text("dimension_value", "Which part of the breakdown", "维度取值", r => r.Value.Figure.Dimension?.Value, nullable: true),
        C.Number("value", "The figure; null when it is not known, with the reason", "数值(未知时为空并注明原因)", r => r.Value.Figure.Value, nullable: true),
        C.Text("unit", "What is counted; a ratio is a fraction", "单位(ratio 为小数)", r => r.Value.Unit),
        C.Number("numerator", "Numerator of a ratio", "分子", r => r.Value.Figure.Numerator, nullable: true),
        C.Number("denominator", "Denominator of a ratio", "分母", r => r.Value.Figure.Denominator, nullable: true),
        C.List("items", "What the figure names", "所列项目", r => r.Value.Figure.Items),
        C.Integer("rows", "Records behind the figure", "依据的记录数", r => r.Value.Figure.EvidenceRows.Count, unit: "records"),
        C.Text(Hash, "SHA-256 over those records and their versions", "依据记录及其版本的 SHA-256", r => r.Value.RowsHash),
        C.Integer("illustrative_rows", "How many of them are illustrative", "其中示例性记录数", r => r.Value.Evidence[Provenance.Illustrative],
            unit: "records"),
        C.Text("scope_id", "Which countries", "统计范围", r => r.View.ScopeId),
        C.List("scenarios", "Which evidence", "证据集", r => r.View.Scenarios),
        C.Date("as_of", "What was true on this day", "统计时点", r => r.AsOf),
        C.Date("baseline", "The day it is compared with", "基线日期", r => r.View.BaselineOf(r.AsOf)),
        C.Integer("definition_version", "Version of the KPI's definition", "定义版本", r => r.Value.Version),
        C.Text("reason_en", "Why a value is null or partial", "数值为空或不完整的原因(英文)", r => r.Value.Figure.Reason?.En, nullable: true),
        C.Text("measure", "Which of several things the KPI tells", "度量", r => r.Value.Figure.Measure, nullable: true),
        .. C.Labels("dimension", "What the part is called", "维度取值的名称",
            r => r.Value.Figure.Dimension is { } part ? FigureNames.Part(r.Day.Registry, part.Name, part.Value) : null),
        C.Text("reason_zh", "Why a value is null or partial, in Chinese", "数值为空或不完整的原因(中文)", r => r.Value.Figure.Reason?.Zh, nullable: true),
        .. C.Labels("items", "What the figure names, for people", "所列项目的名称", r => FigureNames.Items(r.Day.Registry, r.Value)),
    ],
    day => day.Views.SelectMany(named => Rows(day, named)));

    private const string Hash = "rows_hash";

    /// <summary>The figures without the hash of each, as the second contract has them.</summary>
    public static readonly TablePart Figures = new(SnapshotMajors.Second, Table, Table.Name, "kpi_daily.v2", Table.Label,
        column => column.Name != Hash);

    /// <summary>The hashes, which compress badly: who traces a figure back reads them, and nobody else has to.</summary>
    public static readonly TablePart Hashes = new(SnapshotMajors.Second, Table, "kpi_rows", "kpi_rows", new("Records behind the KPIs", "指标依据的记录"),
        column => column.Name == Hash || Table.Key.Contains(column.Name));

    // Computed and let go one by one: the rows behind all figures together are a multiple of the registry.
    private static IEnumerable<KpiDailyRow> Rows(SnapshotDay day, KpiPreset named)
    {
        var values = day.Ask(named) is { } context
            ? KpiCatalogue.All.SelectMany(kpi => kpi.Compute(context).Select(figure => new KpiValue(kpi, figure)))
            : KpiCatalogue.All.Select(kpi => new KpiValue(kpi, Unknown(named.ScopeId)));
        return values.Select(value => new KpiDailyRow(day, named, named.AsOfOn(day.Date), value));
    }

    private static Figure Unknown(string scopeId) => new(null, []) { Reason = new($"There is no scope '{scopeId}'.", $"没有统计范围“{scopeId}”。") };
}
