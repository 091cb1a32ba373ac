using System.Globalization;
using FriendCity.Records.Query.Filters;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>What a filter means, over the JSON of a record: slow, plain, and without a line of the product's.</summary>
internal static class NaiveFilter
{
    public static bool Holds(Filter filter, JToken item) => filter switch
    {
        Filter.And both => Holds(both.Left, item) && Holds(both.Right, item),
        Filter.Or either => Holds(either.Left, item) || Holds(either.Right, item),
        Filter.Not not => !Holds(not.Operand, item),
        Filter.Compare compare => Compare(Value(compare.Subject, item), compare.Operator, compare.Literal),
        Filter.In among => among.Literals.Any(literal => Compare(Value(among.Subject, item), Operator.Eq, literal)),
        Filter.Matches matches => (string?)Value(matches.Subject, item) is { } text && Matches(text, matches.Test, matches.Literal.Text),
        Filter.Any any => Value(any.Subject, item).Any(each => any.Body is null || Holds(any.Body, each)),
        _ => throw new InvalidOperationException(),
    };

    private static JToken Value(Subject subject, JToken item) =>
        subject.Name is null ? item : item[subject.Name] ?? throw new InvalidOperationException($"No {subject.Name}.");

    private static bool Compare(JToken value, Operator comparison, Literal literal)
    {
        var (none, nothing) = (value.Type == JTokenType.Null, literal.Kind == LiteralKind.Null);
        if (none || nothing)
            return comparison switch { Operator.Eq => none && nothing, Operator.Ne => none != nothing, _ => false };
        var order = literal.Kind switch
        {
            LiteralKind.Number => Number($"{value}").CompareTo(Number(literal.Text)),
            LiteralKind.Flag => ((bool)value).CompareTo(literal.Text == "true"),
            _ => string.CompareOrdinal((string?)value, literal.Text),
        };
        return comparison switch
        {
            Operator.Eq => order == 0,
            Operator.Ne => order != 0,
            Operator.Gt => order > 0,
            Operator.Ge => order >= 0,
            Operator.Lt => order < 0,
            _ => order <= 0,
        };
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool Matches(string text, TextTest test, string part) => test switch
    {
        TextTest.Contains => text.Contains(part, StringComparison.Ordinal),
        TextTest.StartsWith => text.StartsWith(part, StringComparison.Ordinal),
        _ => text.EndsWith(part, StringComparison.Ordinal),
    };
}
