namespace FriendCity.Records.Query.Filters;

/// <summary>What a literal looks like; a value is compared with literals of its own kind and with null.</summary>
internal enum LiteralKind
{
    Null,
    Text,
    Number,
    Date,
    Instant,
    Flag,
}

/// <summary>Where something stands in a query's text, counted from 1. Trees that differ in places alone are the same tree.</summary>
internal readonly record struct TextPosition(int At)
{
    public bool Equals(TextPosition other) => true;

    public override int GetHashCode() => 0;
}

/// <param name="Text">As written, but for text: without quotes.</param>
internal sealed record Literal(LiteralKind Kind, string Text, TextPosition Position);
