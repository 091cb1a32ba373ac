using FriendCity.Records.Schemas;

namespace FriendCity.Kpis.Alerts;

/// <summary>Severities as codes, on the wire and in files, and what people call them.</summary>
internal static class Severities
{
    public static readonly CodeList Codes = new(("critical", "Critical", "严重"), ("warning", "Warning", "警告"), ("info", "Information", "提示"));

    public static string Code(Severity severity) => severity switch { Severity.Critical => "critical", Severity.Warning => "warning", _ => "info" };
}
