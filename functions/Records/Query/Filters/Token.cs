namespace FriendCity.Records.Query.Filters;

internal enum TokenKind
{
    End,
    Name,
    Literal,
    Sign,
}

/// <param name="Text">The name or sign; for a literal its text without quotes.</param>
internal readonly record struct Token(TokenKind Kind, string Text, TextPosition Position, LiteralKind Literal = default)
{
    public bool Is(string text) => Kind is TokenKind.Name or TokenKind.Sign && Text == text;
}
