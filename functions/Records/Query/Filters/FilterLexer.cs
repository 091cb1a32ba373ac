using System.Text;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.Records.Query.Filters;

/// <summary>Cuts a filter into names, literals and the signs <c>( ) , / :</c>.</summary>
/// <param name="more">Signs that the reader knows besides.</param>
internal sealed class FilterLexer(string text, string more = "")
{
    private int _at;

    /// <summary>Where the last token ends, counted from 0.</summary>
    public int End => _at;

    public Token Next()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
            _at++;
        var start = _at;
        var position = new TextPosition(start + 1);
        if (start == text.Length)
            return new(TokenKind.End, "", position);

        var c = text[start];
        if (c is '(' or ')' or ',' or '/' or ':')
            return new(TokenKind.Sign, text[_at++].ToString(), position);
        if (c == '\'')
            return new(TokenKind.Literal, Quoted(position), position, LiteralKind.Text);
        if (char.IsAsciiLetter(c) || c == '_')
            return Word(position, Run(each => char.IsAsciiLetterOrDigit(each) || each == '_'));
        // Where a minus may also be a sign of its own, it belongs to the digits that follow it.
        var signed = c == '-' && (!more.Contains(c, StringComparison.Ordinal) || (start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])));
        if (char.IsAsciiDigit(c) || signed)
            return Measure(position, Run(each => char.IsAsciiLetterOrDigit(each) || each is '-' or '+' or '.' or ':'));
        if (more.Contains(c, StringComparison.Ordinal))
            return new(TokenKind.Sign, text[_at++].ToString(), position);
        throw ForeignSyntax.At(text, start) ?? QueryException.Filter(position, "a name, a value, a bracket or the end", "名称、值、括号或结尾");
    }

    private static Token Word(TextPosition position, string word) => word switch
    {
        "null" => new(TokenKind.Literal, word, position, LiteralKind.Null),
        "true" or "false" => new(TokenKind.Literal, word, position, LiteralKind.Flag),
        _ => new(TokenKind.Name, word, position),
    };

    private static Token Measure(TextPosition position, string run)
    {
        LiteralKind? kind = DateFieldType.TryParse(run, out _) ? LiteralKind.Date
            : Instants.Parse(run) is not null ? LiteralKind.Instant
            : Numeral.TryParse(run, out _) ? LiteralKind.Number : null;
        return kind is { } known
            ? new(TokenKind.Literal, run, position, known)
            : throw QueryException.Filter(position, "a number, a date (2024-01-31) or an instant (2024-01-31T08:00:00Z)",
                "数字、日期（2024-01-31）或时刻（2024-01-31T08:00:00Z）");
    }

    private string Run(Func<char, bool> belongs)
    {
        var start = _at;
        while (_at < text.Length && belongs(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>Text in quotes; two quotes stand for one.</summary>
    private string Quoted(TextPosition position)
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\'' && ++_at is var next && (next == text.Length || text[next] != '\''))
                return value.ToString();
            value.Append(text[_at]);
        }

        throw QueryException.Filter(position, "text that ends with a quote", "以单引号结尾的文本");
    }
}
