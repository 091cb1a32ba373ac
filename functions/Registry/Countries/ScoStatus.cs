using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>One interval of a country's standing; the end is exclusive, none means "until now".</summary>
public sealed class ScoStatus : Entry
{
    internal static readonly CodeList Statuses = new(
        ("member", "Member", "成员国"), ("observer", "Observer", "观察员国"), ("dialogue_partner", "Dialogue partner", "对话伙伴"),
        ("sco_partner", "SCO partner", "上合组织伙伴"));

    private static readonly Fields<ScoStatus> F = new();

    internal static readonly Schema<ScoStatus> Schema = new(() => new ScoStatus(),
    [
        F.Code("status", "Status", "身份", Statuses, s => s.Status, (s, v) => s.Status = v!, required: true),
        F.Date("validFrom", "Valid from", "生效日期", s => s.ValidFrom, (s, v) => s.ValidFrom = v, required: true),
        F.Date("validToExclusive", "Valid before", "失效日期（不含）", s => s.Before, (s, v) => s.Before = v),
        F.Date("decisionDate", "Decided on", "决定日期", s => s.DecisionDate, (s, v) => s.DecisionDate = v),
        F.Text("basis", "Effective by", "生效依据", s => s.Basis, (s, v) => s.Basis = v),
        F.Flag("dayVerified", "Day checked against a public page", "日期已核实", s => s.DayVerified, (s, v) => s.DayVerified = v),
        F.Precision(s => s.DatePrecision, (s, v) => s.DatePrecision = v),
    ]);

    public string Status { get; private set; } = "";

    public DateOnly? ValidFrom { get; private set; }

    public DateOnly? Before { get; private set; }

    public DateOnly? DecisionDate { get; private set; }

    public string? Basis { get; private set; }

    public bool? DayVerified { get; private set; }

    internal DateOnly From => ValidFrom!.Value;
}
