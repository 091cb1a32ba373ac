using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Tests.Support;

/// <summary>A record type for tests of the record engine alone.</summary>
public sealed class NoteRecord : FriendCity.Records.Record
{
    private static readonly Fields<NoteRecord> F = new();

    internal static readonly RecordType<NoteRecord> Type = new("memos", new("Memos", "便笺"), () => new NoteRecord(),
    [
        F.Text("text", "Text", "内容", m => m.Text, (m, v) => m.Text = v!, required: true),
        F.Integer("count", "Count", "计数", m => m.Count, (m, v) => m.Count = v),
        F.Ratio("share", "Share", "占比", 0, 1, m => m.Share, (m, v) => m.Share = v),
        F.Reference("about", "About", "关于", "memos", m => m.About, (m, v) => m.About = v),
        F.Code("state", "State", "状态", new(("open", "Open", "开"), ("shut", "Shut", "关"), ("lost", "Lost", "遗失")), m => m.State, (m, v) => m.State = v),
        F.Date("day", "Day", "日期", m => m.Day, (m, v) => m.Day = v),
        F.Texts("tags", "Tags", "标签", m => m.Tags, (m, v) => m.Tags = v),
        F.Note(m => m.Note, (m, v) => m.Note = v),
    ]);

    internal static RecordTypes Types { get; } = new(Type);

    public string Text { get; private set; } = "";

    public long? Count { get; private set; }

    public double? Share { get; private set; }

    public string? About { get; internal set; }

    public string? State { get; internal set; }

    public DateOnly? Day { get; internal set; }

    public IReadOnlyList<string> Tags { get; private set; } = [];

    public string? Note { get; private set; }

    internal static NoteRecord Of(string text, long? count = null) => new() { Text = text, Count = count };

    /// <summary>Values that no column may hold are among those that filters compare.</summary>
    internal static NoteRecord Of(string id, long? count, double? share) => new() { Id = id, Version = 1, Text = "x", Count = count, Share = share };

    internal static NoteRecord Of(string id, long version, string text) => new() { Id = id, Version = version, Text = text };
}
