using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <param name="Number">Position among the view's alerts, from 1: the most urgent first.</param>
internal sealed record AlertRow(KpiPreset View, int Number, AlertRule Rule, Alert Alert, DateOnly AsOf, RegistrySnapshot Registry);

/// <summary>The table <c>alerts</c>: what somebody should look at on the day of the snapshot, under each view.</summary>
internal static class AlertTable
{
    private static readonly Columns<AlertRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<AlertRow>("alerts", new("Alerts", "预警"), ["view", "alert_number"],
    [
        C.Text("view", "Named choice of date, scope and evidence", "视图", r => r.View.Name),
        C.Integer("alert_number", "Position among the view's alerts, from 1, the most urgent first", "预警序号(自 1 起,最紧急在前)", r => r.Number),
        C.Text("alert_code", "Kind of alert", "预警代码", r => r.Rule.Code),
        C.Text("severity", "critical, warning or info", "严重程度", r => Severities.Code(r.Alert.Severity)),
        C.Text("kpi_id", "KPI it belongs to", "相关指标", r => r.Rule.Kpi, nullable: true),
        C.Date("since", "Since when it is so; null where the records do not say", "起始日期(记录未载明时为空)", r => r.Alert.Since, nullable: true),
        C.Text("message_en", "What is the matter, in English", "内容(英文)", r => r.Alert.Message.En),
        C.Text("message_zh", "What is the matter, in Chinese", "内容(中文)", r => r.Alert.Message.Zh),
        C.Integer("rows", "Records it is about", "涉及的记录数", r => r.Alert.Rows.Count, unit: "records"),
        C.Text("record_type", "Type of the first of them", "首条记录的类型", r => First(r)?.Type, nullable: true),
        C.Text("record_id", "Id of the first of them", "首条记录的编号", r => First(r)?.Record.Id, nullable: true),
        C.Integer("illustrative_rows", "How many of them are illustrative", "其中示例性记录数",
            r => r.Alert.Rows.Count(row => row.Source == Provenance.Illustrative), unit: "records"),
        C.Date("as_of", "What was true on this day", "统计时点", r => r.AsOf),
        .. C.Labels("view", "Named choice of date, scope and evidence", "视图", r => FigureNames.View(r.View)),
        .. C.Labels("alert", "Kind of alert", "预警类型", r => r.Rule.Title),
        .. C.Labels("severity", "Severity", "严重程度", Severities.Codes, r => Severities.Code(r.Alert.Severity)),
        .. C.Labels("record_type", "Type of the first of them", "首条记录的类型", r => First(r) is { } row ? RegistryTypes.All.Find(row.Type)?.Label : null),
        .. C.Labels("record", "Name of the first of them", "首条记录的名称", r => First(r) is { } row
            ? FigureNames.Named(r.Registry, RegistryTypes.All.Find(row.Type)!, row.Record.Id) ?? new(row.Record.Id, row.Record.Id) : null),
    ],
    day => day.Views.SelectMany(named => Rows(day, named)));

    private static FigureRow? First(AlertRow row) => row.Alert.Rows.Count > 0 ? row.Alert.Rows[0] : null;

    private static IEnumerable<AlertRow> Rows(SnapshotDay day, KpiPreset named) => day.Ask(named) is { } context
        ? AlertRules.Find(context, AlertRules.All).Select((found, index) => new AlertRow(
            named, index + 1, found.Rule, found.Alert, context.AsOf, day.Registry))
        : [];
}
