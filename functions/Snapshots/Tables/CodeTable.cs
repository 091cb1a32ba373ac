using FriendCity.Kpis.Definitions;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <param name="List">The column of the daily tables that holds the code.</param>
internal sealed record CodeRow(string List, string Code, Text Label, int Position);

/// <summary>
/// The table <c>dim_code</c>: what the codes of the daily tables are called. There they stand in every row of every day, so their labels stand here,
/// once; other tables have labels beside their codes.
/// </summary>
internal static class CodeTable
{
    /// <summary>Kinds of documents that we know in both languages; the office writes others as it likes.</summary>
    public static readonly CodeList Documents = new(
        ("agreement", "Agreement", "协议"), ("declaration", "Declaration", "宣言"), ("grant", "Grant", "赠款"), ("intention", "Intention", "意向"),
        ("letter of intent", "Letter of intent", "意向书"), ("memorandum", "Memorandum", "备忘录"), ("MoU", "Memorandum of understanding", "谅解备忘录"),
        ("protocol of intent", "Protocol of intent", "意向议定书"));

    /// <summary>Likewise for levels of government.</summary>
    public static readonly CodeList Levels = new(
        ("city", "City", "市"), ("county-level city", "County-level city", "县级市"), ("district", "District", "区"),
        ("municipality", "Municipality", "直辖市"), ("province", "Province", "省"), ("region", "Region", "地区"));

    private static readonly Columns<CodeRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<CodeRow>("dim_code", new("Codes of the daily tables", "每日表的代码"),
        ["code_list", "code"],
    [
        C.Text("code_list", "Column of the daily tables that holds the code", "代码所在的列", r => r.List),
        C.Text("code", "Code", "代码", r => r.Code),
        C.Text("label_en", "What it is called in English", "英文名称", r => r.Label.En),
        C.Text("label_zh", "What it is called in Chinese", "中文名称", r => r.Label.Zh),
        C.Integer("position", "Order of the codes of a column, from 1", "代码序号(自 1 起)", r => r.Position),
    ],
    day =>
    [
        .. Rows("view", day.Views.Select(view => (view.Name, FigureNames.View(view)))),
        .. Rows("dimension", FigureNames.Dimensions),
        .. Rows("measure", FigureNames.Measures),
        .. Rows("unit", FigureNames.Units),
        .. Rows("stage", StageEvent.Stages),
        .. Rows("scope_id", day.Registry.Of(Scope.Type).Live.Select(scope => scope.Id).Union(day.Views.Select(view => view.ScopeId))
            .Select(id => (id, FigureNames.ScopeName(day.Registry, id)))),
        .. Rows("scenarios", day.Views.Select(view => view.Scenarios).DistinctBy(Joined)
            .Select(scenarios => (Joined(scenarios), FigureNames.Together(scenarios, Provenance.Scenarios.Label)!))),
    ]);

    private static IEnumerable<CodeRow> Rows(string list, CodeList codes) => Rows(list, codes.Select(code => (code, codes.Label(code)!)));

    private static IEnumerable<CodeRow> Rows(string list, IEnumerable<(string Code, Text Label)> codes) =>
        codes.Select((each, index) => new CodeRow(list, each.Code, each.Label, index + 1));

    private static string Joined(IReadOnlyList<string> scenarios) => string.Join(Columns<CodeRow>.Separator, scenarios);
}
