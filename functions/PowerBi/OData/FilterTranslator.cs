using System.Collections.Frozen;
using System.Globalization;
using FriendCity.Records;
using Microsoft.OData.UriParser;

namespace FriendCity.PowerBi.OData;

/// <summary>
/// Makes the records' own filter of a parsed <c>$filter</c>, so that lists and the feed agree about every row. What is not named here is
/// refused: a filter that were passed over in part would give wrong totals.
/// </summary>
internal static class FilterTranslator
{
    private const string Option = "$filter";
    private static readonly Place Somewhere = new(1);

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

    /// <exception cref="FeedRefusal">The filter says what the feed does not offer.</exception>
    public static Filter Translate(QueryNode node) => Plain(node) switch
    {
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } both => new Filter.And(Translate(both.Left), Translate(both.Right)),
        BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } either => new Filter.Or(Translate(either.Left), Translate(either.Right)),
        BinaryOperatorNode comparison when Of(comparison.OperatorKind) is { } sign => Compare(Plain(comparison.Left), sign, Plain(comparison.Right)),
        UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not => new Filter.Not(Translate(not.Operand)),
        InNode among when among.Right is CollectionConstantNode list => new Filter.In(Subject(among.Left), [.. list.Collection.Select(Literal)]),
        AnyNode any => Any(any),
        SingleValueFunctionCallNode call when Tests.TryGetValue(call.Name, out var test) => Matches(test, [.. call.Parameters.Select(Plain)]),
        SingleValuePropertyAccessNode flag => new Filter.Compare(Subject(flag), Operator.Eq, new(LiteralKind.Flag, "true", Somewhere)),
        var other => throw NotOffered(other),
    };

    /// <summary>A field by its name in the feed, or what functions make of it.</summary>
    private static Subject Subject(QueryNode node) => Plain(node) switch
    {
        SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode } access => new(FeedProperty.Member(access.Property.Name), Somewhere),
        NonResourceRangeVariableReferenceNode => new(null, Somewhere),
        SingleValueFunctionCallNode call when Functions.TryGetValue(call.Name, out var function) => Called(function, Subject(call.Parameters.Single())),
        var other => throw NotOffered(other),
    };

    private static Subject Called(ValueFunction function, Subject subject) => subject with { Call = new(function, subject.Call) };

    private static Filter Compare(QueryNode left, Operator sign, QueryNode right)
    {
        if (left is ConstantNode && right is not ConstantNode)
            (left, sign, right) = (right, Mirrored(sign), left);
        if (right is not ConstantNode constant)
            throw NotOffered(right);
        // Power Query compares a test with true or false, as in contains(NameEn,'a') eq true.
        if (constant.Value is bool flag && sign is Operator.Eq or Operator.Ne && IsTest(left))
            return (constant.Value is true) == (sign == Operator.Eq) ? Translate(left) : new Filter.Not(Translate(left));
        return new Filter.Compare(Subject(left), sign, Literal(constant));
    }

    private static bool IsTest(QueryNode node) => node is BinaryOperatorNode or UnaryOperatorNode or InNode or AnyNode || (node is SingleValueFunctionCallNode call && Tests.ContainsKey(call.Name));

    private static Filter.Matches Matches(TextTest test, IReadOnlyList<QueryNode> arguments) => arguments[1] is ConstantNode { Value: string text }
        ? new(test, Subject(arguments[0]), new(LiteralKind.Text, text, Somewhere))
        : throw NotOffered(arguments[1]);

    private static Filter.Any Any(AnyNode any)
    {
        if (any.Source is not CollectionPropertyAccessNode list)
            throw NotOffered(any.Source);
        var subject = new Subject(FeedProperty.Member(list.Property.Name), Somewhere);
        return any.Body is ConstantNode { Value: true } ? new(subject, null, null) : new(subject, any.CurrentRangeVariable.Name, Translate(any.Body));
    }

    /// <summary>Numbers as they were written: the parser's own types would cost digits.</summary>
    private static Literal Literal(ConstantNode constant) => constant.Value switch
    {
        null => new(LiteralKind.Null, "null", Somewhere),
        string text => new(LiteralKind.Text, text, Somewhere),
        bool flag => new(LiteralKind.Flag, flag ? "true" : "false", Somewhere),
        var value when FeedDate.Of(value) is { } date => new(LiteralKind.Date, date.ToString("O", CultureInfo.InvariantCulture), Somewhere),
        DateTimeOffset instant => new(LiteralKind.Instant, instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture), Somewhere),
        int or long or float or double or decimal => new(LiteralKind.Number, constant.LiteralText, Somewhere),
        _ => throw NotOffered(constant),
    };

    /// <summary>Without the conversions that the parser writes between types of numbers, and between null and not.</summary>
    private static QueryNode Plain(QueryNode node) => node is ConvertNode convert ? Plain(convert.Source) : node;

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

    private static FeedRefusal NotOffered(QueryNode node)
    {
        var what = node switch
        {
            SingleValueFunctionCallNode call => $"the function {call.Name} here",
            BinaryOperatorNode binary => $"the operator {binary.OperatorKind} here",
            ConstantNode => "a filter without a field",
            SingleValuePropertyAccessNode => "comparing one field with another",
            _ => "a filter of this form",
        };
        return FeedRefusal.NotOffered($"{what} ($filter)", $"此筛选条件({what})", Option);
    }
}
