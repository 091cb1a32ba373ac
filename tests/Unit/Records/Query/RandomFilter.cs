using FriendCity.Records;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>Filters by chance on the fields of one record type, with literals out of its records, so that many of them match something.</summary>
internal sealed class RandomFilter(Random random, IReadOnlyList<(string Name, string Kind)> fields, IReadOnlyList<JObject> records)
{
    private static readonly string[] Words = ["'", "''", "青岛", "a", "Q", " or ", "1 eq 1", "é", "%27", ""];

    public static IReadOnlyList<(string Name, string Kind)> Fields<T>(Schema<T> schema)
        where T : Evidence => [.. schema.Fields.Select(field => (field.Name, field.KindName))];

    public Filter Next(int depth) => random.Next(depth == 0 ? 1 : 5) switch
    {
        1 => new Filter.And(Next(depth - 1), Next(depth - 1)),
        2 => new Filter.Or(Next(depth - 1), Next(depth - 1)),
        3 => new Filter.Not(Next(depth - 1)),
        _ => Leaf(fields[random.Next(fields.Count)]),
    };

    private Filter Leaf((string Name, string Kind) field)
    {
        var values = records.Select(record => record[field.Name]!).ToList();
        var subject = new Subject(field.Name, default);
        if (!field.Kind.StartsWith("list of ", StringComparison.Ordinal))
            return Test(subject, field.Kind, values);
        if (random.Next(6) == 0)
            return new Filter.Any(subject, null, null);

        var items = values.SelectMany(list => list).ToList();
        var body = field.Kind == "list of entry"
            ? new RandomFilter(random, Entry(field.Name), [.. items.Cast<JObject>()]).Next(1)
            : Test(new Subject(null, default), field.Kind["list of ".Length..], items);
        return new Filter.Any(subject, "x", body);
    }

    private static IReadOnlyList<(string Name, string Kind)> Entry(string field) => field switch
    {
        "stages" => Fields(StageEvent.Schema),
        "statusEvents" => Fields(ProjectStatus.Schema),
        "outcomes" => Fields(ProjectOutcome.Schema),
        _ => throw new InvalidOperationException($"Which entries has {field}?"),
    };

    private Filter Test(Subject subject, string kind, List<JToken> values)
    {
        var isText = kind is "text" or "code" || kind.StartsWith("reference", StringComparison.Ordinal);
        return random.Next(isText ? 4 : 3) switch
        {
            0 => new Filter.In(subject, [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Literal(kind, isText, values))]),
            3 => new Filter.Matches((TextTest)random.Next(3), subject, new(LiteralKind.Text, Part(values), default)),
            _ => new Filter.Compare(subject, (Operator)random.Next(6), Literal(kind, isText, values)),
        };
    }

    private Literal Literal(string kind, bool isText, List<JToken> values)
    {
        var value = values.Count == 0 || random.Next(4) == 0 ? null : values[random.Next(values.Count)];
        if (random.Next(8) == 0)
            return new(LiteralKind.Null, "null", default);
        if (isText)
            return new(LiteralKind.Text, (string?)value ?? Words[random.Next(Words.Length)], default);
        var literal = kind switch { "date" => LiteralKind.Date, "flag" => LiteralKind.Flag, _ => LiteralKind.Number };
        var standard = kind switch { "date" => "2020-02-29", "flag" => "true", "integer" => "-3", _ => "1.5e3" };
        return new(literal, value is null or { Type: JTokenType.Null }
            ? standard : value.Type == JTokenType.String ? (string)value! : value.ToString(Newtonsoft.Json.Formatting.None), default);
    }

    private string Part(List<JToken> values)
    {
        if (values.Count == 0 || (string?)values[random.Next(values.Count)] is not { Length: > 0 } text)
            return Words[random.Next(Words.Length)];
        var start = random.Next(text.Length);
        return text.Substring(start, random.Next(text.Length - start + 1));
    }
}
