using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>One time that a platform was held, such as the expo of a year.</summary>
public sealed class PlatformEdition : Entry
{
    private static readonly Fields<PlatformEdition> F = new();

    internal static readonly Schema<PlatformEdition> Schema = new(() => new PlatformEdition(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", p => p.NameEn, (p, v) => p.NameEn = v),
        F.Text("nameZh", "Name (Chinese)", "中文名称", p => p.NameZh, (p, v) => p.NameZh = v),
        F.Date("startDate", "First day", "首日", p => p.StartDate, (p, v) => p.StartDate = v, required: true),
        F.Precision(p => p.DatePrecision, (p, v) => p.DatePrecision = v),
        F.Date("endDate", "Last day", "末日", p => p.EndDate, (p, v) => p.EndDate = v),
    ]);

    public string? NameEn { get; private set; }

    public string? NameZh { get; private set; }

    public DateOnly? StartDate { get; private set; }

    public DateOnly? EndDate { get; private set; }
}
