using System.Collections.Frozen;
using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.Records.Query.Filters;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>
/// Makes the records' own filter of a <c>$filter</c>, so that lists and the feed agree about every row. What is not named here is
/// refused: a filter that were passed over in part would give wrong totals.
/// </summary>
internal sealed class FilterTranslator(FeedExpression expression, FeedNames names)
{
    private const string Option = "$filter";
    private static readonly TextPosition Somewhere = new(1);

    private static readonly FrozenDictionary<string, ValueFunction> Functions = new Dictionary<string, ValueFunction>
    {
        ["tolower"] = ValueFunction.ToLower,
        ["toupper"] = ValueFunction.ToUpper,
        ["trim"] = ValueFunction.Trim,
        ["length"] = ValueFunction.Length,
        ["year"] = ValueFunction.Year,
        ["month"] = ValueFunction.Month,
        ["day"] = ValueFunction.Day,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, TextTest> Tests = new Dictionary<string, TextTest>
    {
        ["contains"] = TextTest.Contains,
        ["startswith"] = TextTest.StartsWith,
        ["endswith"] = TextTest.EndsWith,
    }.ToFrozenDictionary();

    /// <exception cref="ProblemException">The filter is none, or says what the feed does not offer.</exception>
    /// <exception cref="QueryException">A name or value that the rows do not have.</exception>
    public static Filter Translate(FeedModel model, FeedSet set, string text)
    {
        var expression = FeedExpression.Parse(Option, text);
        return new FilterTranslator(expression, new(model, set, Option)).Test(expression.Root, null);
    }

    /// <param name="variable">The variable of the any in which this stands; null outside.</param>
    private Filter Test(QueryToken token, string? variable) => token switch
    {
        BinaryOperatorToken { OperatorKind: BinaryOperatorKind.And } both => new Filter.And(Test(both.Left, variable), Test(both.Right, variable)),
        BinaryOperatorToken { OperatorKind: BinaryOperatorKind.Or } either =>
            new Filter.Or(Test(either.Left, variable), Test(either.Right, variable)),
        BinaryOperatorToken comparison when Of(comparison.OperatorKind) is { } sign => Compare(comparison.Left, sign, comparison.Right, variable),
        UnaryOperatorToken { OperatorKind: UnaryOperatorKind.Not } not => new Filter.Not(Test(not.Operand, variable)),
        InToken among when expression.Literal(among.Left) is null => new Filter.In(Subject(among.Left, variable), expression.List(among.Right)),
        AnyToken any when variable is null => Any(any),
        FunctionCallToken call when Tests.TryGetValue(call.Name, out var test) => Matches(test, Arguments(call, 2), variable),
        EndPathToken or RangeVariableToken => new Filter.Compare(Subject(token, variable), Operator.Eq, new(LiteralKind.Flag, "true", Somewhere)),
        _ => throw NotOffered(token),
    };

    /// <summary>A field by its name in the feed, an item of a list, or what functions make of one.</summary>
    private Subject Subject(QueryToken token, string? variable) => token switch
    {
        RangeVariableToken item when item.Name == variable => new(null, Somewhere),
        EndPathToken { NextToken: RangeVariableToken item } field when item.Name == variable => new(field.Identifier, Somewhere),
        EndPathToken field when variable is null => new(names.Member(field), Somewhere),
        EndPathToken => throw FeedProblems.NotOffered("a field of the row inside any ($filter)", "any 内引用该行的字段（$filter）", Option),
        FunctionCallToken call when Functions.TryGetValue(call.Name, out var function) => Called(function, Subject(Arguments(call, 1)[0], variable)),
        _ => throw NotOffered(token),
    };

    private static Subject Called(ValueFunction function, Subject subject) => subject with { Call = new(function, subject.Call) };

    private Filter Compare(QueryToken left, Operator sign, QueryToken right, string? variable)
    {
        if (expression.Literal(left) is not null && expression.Literal(right) is null)
            (left, sign, right) = (right, Mirrored(sign), left);
        if (expression.Literal(right) is not { } literal)
            throw NotOffered(right);
        // Power Query compares a test with true or false, as in contains(NameEn,'a') eq true.
        if (literal.Kind == LiteralKind.Flag && sign is Operator.Eq or Operator.Ne && IsTest(left))
            return (literal.Text == "true") == (sign == Operator.Eq) ? Test(left, variable) : new Filter.Not(Test(left, variable));
        return new Filter.Compare(Subject(left, variable), sign, literal);
    }

    private static bool IsTest(QueryToken token) =>
        token is BinaryOperatorToken or UnaryOperatorToken { OperatorKind: UnaryOperatorKind.Not } or InToken or AnyToken
        || (token is FunctionCallToken call && Tests.ContainsKey(call.Name));

    private Filter.Matches Matches(TextTest test, QueryToken[] arguments, string? variable)
    {
        if (expression.Literal(arguments[1]) is not { } literal)
            throw NotOffered(arguments[1]);
        if (literal.Kind != LiteralKind.Text)
            throw QueryException.Filter(literal.Position, ValueComparers.Text.Expected.En, ValueComparers.Text.Expected.Zh);
        return new(test, Subject(arguments[0], variable), literal);
    }

    private Filter.Any Any(AnyToken any)
    {
        if (any.Parent is not InnerPathToken list)
            throw NotOffered(any);
        var subject = new Subject(names.Member(list), Somewhere);
        return any.Expression is LiteralToken { Value: true }
            ? new(subject, null, null)
            : new(subject, any.Parameter, Test(any.Expression, any.Parameter));
    }

    private static QueryToken[] Arguments(FunctionCallToken call, int count) =>
        call.Arguments.Select(argument => argument.ValueToken).ToArray() is var arguments && arguments.Length == count && call.Source is null
            ? arguments
            : throw QueryException.Filter(Somewhere, $"{call.Name} with {count} arguments", $"带 {count} 个参数的 {call.Name}");

    private static Operator? Of(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Equal => Operator.Eq,
        BinaryOperatorKind.NotEqual => Operator.Ne,
        BinaryOperatorKind.GreaterThan => Operator.Gt,
        BinaryOperatorKind.GreaterThanOrEqual => Operator.Ge,
        BinaryOperatorKind.LessThan => Operator.Lt,
        BinaryOperatorKind.LessThanOrEqual => Operator.Le,
        _ => null,
    };

    private static Operator Mirrored(Operator sign) => sign switch
    {
        Operator.Gt => Operator.Lt,
        Operator.Ge => Operator.Le,
        Operator.Lt => Operator.Gt,
        Operator.Le => Operator.Ge,
        _ => sign,
    };

    private ProblemException NotOffered(QueryToken token)
    {
        var (en, zh) = token switch
        {
            FunctionCallToken call => ($"the function {call.Name} here", $"此处的函数 {call.Name}"),
            BinaryOperatorToken binary => ($"the operator {binary.OperatorKind} here", $"此处的运算符 {binary.OperatorKind}"),
            UnaryOperatorToken => ("arithmetic", "算术运算"),
            EndPathToken => ("comparing one field with another", "字段之间的比较"),
            _ when expression.Literal(token) is not null => ("a filter without a field", "不含字段的筛选条件"),
            _ => ("a filter of this form", "此形式的筛选条件"),
        };
        return FeedProblems.NotOffered($"{en} ({Option})", $"{zh}（{Option}）", Option);
    }
}
