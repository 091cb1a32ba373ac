using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What one of the sources says.</summary>
public sealed class ConflictVersion : Entry
{
    private static readonly Fields<ConflictVersion> F = new();

    internal static readonly Schema<ConflictVersion> Schema = new(() => new ConflictVersion(),
    [
        F.Text("value", "What it says", "说法", c => c.Value, (c, v) => c.Value = v!, required: true, max: 2000),
        F.Text("meaningEn", "In words (English)", "说明（英文）", c => c.MeaningEn, (c, v) => c.MeaningEn = v),
        F.Text("meaningZh", "In words (Chinese)", "说明（中文）", c => c.MeaningZh, (c, v) => c.MeaningZh = v),
        F.Reference("sourceId", "Source document", "资料来源", "sources", c => c.SourceId, (c, v) => c.SourceId = v),
        F.Flag("used", "Used in the registry", "采用", c => c.Used, (c, v) => c.Used = v, required: true),
    ]);

    public string Value { get; private set; } = "";

    public string? MeaningEn { get; private set; }

    public string? MeaningZh { get; private set; }

    public string? SourceId { get; private set; }

    public bool? Used { get; private set; }
}
