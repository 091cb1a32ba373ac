namespace FriendCity.Records.Query.Filters;

/// <summary>Reads a filter by recursive descent into a tree; docs/lists.md has the grammar.</summary>
internal sealed class FilterParser
{
    public const int MaxLength = 4096;
    public const int MaxDepth = 32;
    public const int MaxNodes = 200;
    public const int MaxItems = 200;

    private readonly FilterLexer _lexer;
    private Token _token;
    private string? _variable;
    private int _depth;
    private int _nodes;

    private FilterParser(string text)
    {
        _lexer = new FilterLexer(text);
        _token = _lexer.Next();
    }

    /// <exception cref="QueryException">The text is no filter, or too large a one.</exception>
    public static Filter Parse(string text)
    {
        if (text.Length > MaxLength)
            throw QueryException.Filter(new(MaxLength + 1), $"a filter of at most {MaxLength} characters", $"不超过 {MaxLength} 个字符的筛选条件");

        var parser = new FilterParser(text);
        var filter = parser.Either();
        return parser._token.Kind == TokenKind.End ? filter : throw parser.Expected("'and', 'or' or the end", "and、or 或结尾");
    }

    private Filter Either()
    {
        var left = Both();
        while (Skip("or"))
            left = Node(new Filter.Or(left, Both()));
        return left;
    }

    private Filter Both()
    {
        var left = Term();
        while (Skip("and"))
            left = Node(new Filter.And(left, Term()));
        return left;
    }

    private Filter Term()
    {
        if (++_depth > MaxDepth)
            throw Expected($"at most {MaxDepth} levels of brackets", $"不超过 {MaxDepth} 层嵌套");
        var term = Skip("not") ? Node(new Filter.Not(Term())) : Skip("(") ? Bracketed() : Test();
        _depth--;
        return term;
    }

    private Filter Bracketed()
    {
        var filter = Either();
        Take(")");
        return filter;
    }

    private Filter Test()
    {
        var (start, name) = (_token.Position, Name("a field, 'not', a function or '('", "字段、not、函数或“(”"));
        if (_token.Is("("))
            return Call(start, name);
        var subject = Subject(start, name, out var list);
        if (list)
            return Any(subject);
        if (Skip("in"))
            return In(subject);
        var comparison = Operator(_token) ?? throw Expected("eq, ne, gt, ge, lt, le or in", "eq、ne、gt、ge、lt、le 或 in");
        Advance();
        return Node(new Filter.Compare(subject, comparison, Literal()));
    }

    private Filter.Matches Call(TextPosition start, string name)
    {
        var test = name switch
        {
            "contains" => TextTest.Contains,
            "startswith" => TextTest.StartsWith,
            "endswith" => TextTest.EndsWith,
            _ => throw QueryException.Filter(start, $"contains, startswith or endswith; there is no function '{name}'",
                $"contains、startswith 或 endswith；没有函数“{name}”"),
        };
        Take("(");
        var at = _token.Position;
        var subject = Subject(at, Name("a field", "字段"), out var list);
        if (list)
            throw Expected("','", "“,”");
        Take(",");
        if (_token is not { Kind: TokenKind.Literal, Literal: LiteralKind.Text })
            throw Expected(ValueComparers.Text.Expected.En, ValueComparers.Text.Expected.Zh);
        var literal = Literal();
        Take(")");
        return Node(new Filter.Matches(test, subject, literal));
    }

    /// <summary>A field by its path; <paramref name="list"/> tells that <c>/any</c> followed it.</summary>
    private Subject Subject(TextPosition position, string name, out bool list)
    {
        list = false;
        string? field = name;
        if (_variable is not null)
        {
            if (name != _variable)
                throw QueryException.Filter(position, $"'{_variable}', the variable of this any", $"“{_variable}”（此处 any 的变量）");
            field = null;
        }

        while (!list && Skip("/"))
        {
            position = _token.Position;
            var part = Name("a field or any", "字段或 any");
            if (part == "any" && _token.Is("("))
                list = true;
            else if (field is null)
                field = part;
            else
                throw QueryException.Filter(position, "any; a field of a list's entries is reached by any(x:x/field …)",
                    "any；列表条目的字段须用 any(x:x/字段 …)");
        }

        return new(field, position);
    }

    private Filter.Any Any(Subject subject)
    {
        Take("(");
        if (Skip(")"))
            return Node(new Filter.Any(subject, null, null));

        var outer = _variable;
        _variable = Name("a variable, such as x", "变量名，例如 x");
        Take(":");
        var any = Node(new Filter.Any(subject, _variable, Either()));
        _variable = outer;
        Take(")");
        return any;
    }

    private Filter.In In(Subject subject)
    {
        Take("(");
        var literals = new List<Literal> { Literal() };
        while (Skip(","))
        {
            if (literals.Count == MaxItems)
                throw Expected($"at most {MaxItems} values", $"不超过 {MaxItems} 个值");
            literals.Add(Literal());
        }

        Take(")");
        return Node(new Filter.In(subject, literals));
    }

    private Literal Literal()
    {
        if (_token.Kind != TokenKind.Literal)
            throw Expected("a value: text in single quotes, a number, a date, true, false or null", "值：单引号文本、数字、日期、true、false 或 null");
        var literal = new Literal(_token.Literal, _token.Text, _token.Position);
        Advance();
        return literal;
    }

    private static Operator? Operator(Token token) => (token.Kind, token.Text) switch
    {
        (TokenKind.Name, "eq") => Filters.Operator.Eq,
        (TokenKind.Name, "ne") => Filters.Operator.Ne,
        (TokenKind.Name, "gt") => Filters.Operator.Gt,
        (TokenKind.Name, "ge") => Filters.Operator.Ge,
        (TokenKind.Name, "lt") => Filters.Operator.Lt,
        (TokenKind.Name, "le") => Filters.Operator.Le,
        _ => null,
    };

    private F Node<F>(F filter)
        where F : Filter => ++_nodes <= MaxNodes ? filter : throw Expected($"at most {MaxNodes} conditions", $"不超过 {MaxNodes} 个条件");

    private string Name(string en, string zh)
    {
        if (_token.Kind != TokenKind.Name)
            throw Expected(en, zh);
        var name = _token.Text;
        Advance();
        return name;
    }

    private bool Skip(string text)
    {
        if (!_token.Is(text))
            return false;
        Advance();
        return true;
    }

    private void Take(string sign)
    {
        if (!Skip(sign))
            throw Expected($"'{sign}'", $"“{sign}”");
    }

    private void Advance() => _token = _lexer.Next();

    private QueryException Expected(string en, string zh) => QueryException.Filter(_token.Position, en, zh);
}
