using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FriendCity.Http.Errors;
using FriendCity.Records.Query.Filters;
using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>
/// An expression of a filter or order as the library's parser reads it, with its literals taken out before: that parser would round numbers, cut
/// instants and read what stands in brackets after <c>in</c> as JSON. Each literal is
/// replaced by its index among them, as a text.
/// </summary>
internal sealed partial class FeedExpression
{
    /// <summary>As deep as the library goes by itself.</summary>
    private const int MaxDepth = 800;

    /// <summary>What OData writes besides the signs of lists.</summary>
    private const string Signs = "$@*[]{}-.";

    private static readonly string[] Operators =
        ["eq", "ne", "gt", "ge", "lt", "le", "and", "or", "not", "in", "has", "add", "sub", "mul", "div", "divby", "mod"];

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly string _option;
    private readonly List<Literal> _literals = [];

    private FeedExpression(string option, string text)
    {
        _option = option;
        var (spelled, places) = Spell(text);
        try
        {
            Root = new UriQueryExpressionParser(MaxDepth).ParseFilter(spelled);
        }
        catch (ODataException fault)
        {
            var message = Position().Replace(fault.Message, at => Asked(places, int.Parse(at.ValueSpan, Invariant)))
                .Replace(spelled, text, StringComparison.Ordinal);
            throw new ProblemException(Problems.Parameter(option, message, $"无法理解此表达式（{message}）"), option);
        }
    }

    public QueryToken Root { get; }

    /// <exception cref="ProblemException">The text is no expression, or one with what the feed does not offer.</exception>
    /// <exception cref="QueryException">A literal is none.</exception>
    public static FeedExpression Parse(string option, string text)
    {
        try
        {
            return new(option, text);
        }
        catch (QueryException fault)
        {
            throw new QueryException(option, fault.At, fault.Expected);
        }
    }

    /// <summary>The literal that a token stands for; null when it stands for something else.</summary>
    public Literal? Literal(QueryToken token) =>
        token is LiteralToken { Value: string text } && int.TryParse(text, NumberStyles.None, Invariant, out var index) ? _literals[index] : null;

    /// <summary>The literals of a list in brackets.</summary>
    public IReadOnlyList<Literal> List(QueryToken token)
    {
        if (token is not LiteralToken { Value: string text } || text is not ['(', .., ')'])
            throw token is LiteralToken
                ? QueryException.Filter(new(1), "a list in brackets after in, such as ('A','B')", "in 之后应为括号内的列表，例如 ('A','B')")
                : FeedProblems.NotOffered($"in without a list of values ({_option})", $"不带取值列表的 in（{_option}）", _option);
        return [.. text[1..^1].Split(',').Select(item => Bare(item) switch
        {
            ['\'', .. var index, '\''] when int.TryParse(index, NumberStyles.None, Invariant, out var number) => _literals[number],
            "" => throw QueryException.Filter(new(1), "a value after '(' and after each ',' of a list", "列表中“(”和每个“,”之后应有值"),
            _ => throw FeedProblems.NotOffered($"anything but values in a list ({_option})", $"列表中值以外的内容（{_option}）", _option),
        })];
    }

    /// <summary>A value may stand in brackets of its own, as it may after eq.</summary>
    private static string Bare(string item)
    {
        item = item.Trim();
        while (item is ['(', .., ')'])
            item = item[1..^1].Trim();
        return item;
    }

    /// <summary>The parts of a text between commas that stand in no brackets.</summary>
    public static IEnumerable<string> Split(string option, string text)
    {
        var (parts, lexer, depth, start) = (new List<string>(), new FilterLexer(text, Signs), 0, 0);
        try
        {
            for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
            {
                depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
                if (depth > 0 || !token.Is(","))
                    continue;
                parts.Add(text[start..(lexer.End - 1)]);
                start = lexer.End;
            }
        }
        catch (QueryException fault)
        {
            throw new QueryException(option, fault.At, fault.Expected);
        }

        return [.. parts, text[start..]];
    }

    /// <summary>The text with the numbers of its literals in their place, and where its tokens stand in both.</summary>
    private (string Spelled, List<(int Spelled, int Asked)> Places) Spell(string text)
    {
        var (spelled, places, lexer, end, word) = (new StringBuilder(), new List<(int, int)>(), new FilterLexer(text, Signs), 0, (string?)null);
        for (var token = lexer.Next(); token.Kind != TokenKind.End; token = lexer.Next())
        {
            var start = token.Position.At - 1;
            if (token.Kind == TokenKind.Literal && start == end && word is not null && !Operators.Contains(word))
                throw NotOffered($"a type before a value ({word}'…')", $"值前的类型（{word}'…'）");
            if (token.Kind == TokenKind.Literal && start == end && word is not null)
                spelled.Append(' ');
            if (token.Is("@"))
                throw NotOffered("parameter aliases (@)", "参数别名（@）");
            if (token.Is("[") || token.Is("{"))
                throw NotOffered("JSON", " JSON ");

            spelled.Append(text, end, start - end);
            places.Add((spelled.Length, start));
            spelled.Append(token.Kind == TokenKind.Literal ? $"'{Take(token)}'" : token.Text);
            (end, word) = (lexer.End, token.Kind == TokenKind.Name ? token.Text : null);
        }

        places.Add((spelled.Length, end));
        return (spelled.ToString(), places);
    }

    private int Take(Token token)
    {
        _literals.Add(new(token.Literal, token.Text, token.Position));
        return _literals.Count - 1;
    }

    private ProblemException NotOffered(string en, string zh) => FeedProblems.NotOffered($"{en} ({_option})", $"{zh}（{_option}）", _option);

    private static string Asked(List<(int Spelled, int Asked)> places, int at) =>
        places.Last(place => place.Spelled <= at || place == places[0]).Asked.ToString(Invariant);

    [GeneratedRegex(@"(?<=at position )\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Position();
}
