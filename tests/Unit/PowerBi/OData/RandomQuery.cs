using System.Globalization;
using Microsoft.OData.Edm;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.OData;

/// <summary>A filter as the feed is asked it, and as it is worked out here of a row's JSON.</summary>
internal sealed record NaiveFilter(string Text, Func<JObject, bool> Test);

/// <summary>Draws filters over properties of all types; values come mostly from the rows, so that something matches.</summary>
internal sealed class RandomQuery(Random random, IReadOnlyList<IEdmStructuralProperty> properties, IReadOnlyList<JObject> rows)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string[] Signs = ["eq", "ne", "gt", "ge", "lt", "le"];
    private static readonly string[] Matches = ["contains", "startswith", "endswith"];
    private static readonly string[] Texts = ["tolower", "toupper", "trim"];
    private static readonly string[] Parts = ["year", "month", "day"];

    public NaiveFilter Filter(int depth) => (depth == 0 ? 0 : random.Next(5)) switch
    {
        1 => Both(Filter(depth - 1), "and", Filter(depth - 1)),
        2 => Both(Filter(depth - 1), "or", Filter(depth - 1)),
        3 when Filter(depth - 1) is var inner => new($"not ({inner.Text})", row => !inner.Test(row)),
        _ => Leaf(properties[random.Next(properties.Count)]),
    };

    private static NaiveFilter Both(NaiveFilter left, string word, NaiveFilter right) =>
        new($"({left.Text}) {word} ({right.Text})", row => word == "and" ? left.Test(row) && right.Test(row) : left.Test(row) || right.Test(row));

    private NaiveFilter Leaf(IEdmStructuralProperty property)
    {
        var (name, type) = (property.Name, property.Type);
        if (type.IsCollection())
            return Any(name);
        IComparable? Of(JObject row) => Value(type, row[name]!);
        if (random.Next(8) == 0)
            return random.Next(2) == 0 ? new($"{name} eq null", row => Of(row) is null) : new($"null ne {name}", row => Of(row) is not null);
        if (random.Next(6) == 0 && !type.IsBoolean())
            return In(name, type, Of);
        if (type.IsBoolean() && random.Next(2) == 0)
            return new(name, row => Of(row) is true);
        if (type.IsString() && random.Next(2) == 0)
            return Text(name, Of);
        if ((type.IsDate() || type.IsDateTimeOffset()) && random.Next(3) == 0)
            return Part(name, Of);
        var value = Draw(name, type);
        return Compare(name, Of, type.IsBoolean() ? Signs[random.Next(2)] : Signs[random.Next(Signs.Length)], value);
    }

    private NaiveFilter Compare(string subject, Func<JObject, IComparable?> of, string sign, IComparable value)
    {
        bool Test(JObject row) => (of(row), sign) switch
        {
            (null, "ne") => true,
            (null, _) => false,
            ({ } mine, _) => Compare(mine, value) is var order
                && sign switch { "eq" => order == 0, "ne" => order != 0, "gt" => order > 0, "ge" => order >= 0, "lt" => order < 0, _ => order <= 0 },
        };

        var literal = Literal(value);
        // Now and then the other way round.
        var mirrored = sign switch { "gt" => "lt", "lt" => "gt", "ge" => "le", "le" => "ge", _ => sign };
        return new(random.Next(6) == 0 ? $"{literal} {mirrored} {subject}" : $"{subject} {sign} {literal}", Test);
    }

    private NaiveFilter In(string name, IEdmTypeReference type, Func<JObject, IComparable?> of)
    {
        var values = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Draw(name, type)).ToList();
        return new($"{name} in ({string.Join(',', values.Select(Literal))})", row => of(row) is { } mine
            && values.Exists(value => Compare(mine, value) == 0));
    }

    private NaiveFilter Text(string name, Func<JObject, IComparable?> of)
    {
        if (random.Next(4) == 0)
            return Compare($"length({name})", row => (of(row) as string)?.Length is { } length ? (long)length : null,
                Signs[random.Next(Signs.Length)], (long)random.Next(30));
        var (function, text) = (random.Next(2) == 0 ? Texts[random.Next(Texts.Length)] : null,
            (string)Draw(name, EdmCoreModel.Instance.GetString(true)));
        string? Of(JObject row) => (of(row) as string) is { } value
            ? function switch { "tolower" => value.ToLowerInvariant(), "toupper" => value.ToUpperInvariant(), "trim" => value.Trim(), _ => value }
            : null;
        var subject = function is null ? name : $"{function}({name})";
        var (match, from) = (Matches[random.Next(Matches.Length)], random.Next(text.Length + 1));
        var part = text.Substring(from, random.Next(text.Length - from + 1));
        if (part.Length == 0 || char.IsLowSurrogate(part[0]) || char.IsHighSurrogate(part[^1]))
            part = "a";
        bool Test(JObject row) => Of(row) is { } value && match switch
        {
            "contains" => value.Contains(part, StringComparison.Ordinal),
            "startswith" => value.StartsWith(part, StringComparison.Ordinal),
            _ => value.EndsWith(part, StringComparison.Ordinal),
        };
        return random.Next(4) switch
        {
            0 => new($"{match}({subject},{Literal(part)}) eq false", row => !Test(row)),
            1 => new($"{match}({subject},{Literal(part)}) eq true", Test),
            _ => new($"{match}({subject},{Literal(part)})", Test),
        };
    }

    private NaiveFilter Part(string name, Func<JObject, IComparable?> of)
    {
        var part = Parts[random.Next(Parts.Length)];
        long? Of(JObject row) => of(row) switch
        {
            DateOnly date => part switch { "year" => date.Year, "month" => date.Month, _ => date.Day },
            DateTimeOffset at => part switch { "year" => at.UtcDateTime.Year, "month" => at.UtcDateTime.Month, _ => at.UtcDateTime.Day },
            _ => null,
        };
        return Compare($"{part}({name})", row => Of(row), Signs[random.Next(Signs.Length)],
            (long)(part == "year" ? random.Next(2010, 2028) : random.Next(1, 31)));
    }

    private NaiveFilter Any(string name)
    {
        var all = rows.SelectMany(row => row[name]!).Select(item => (string)item!).Append("none").ToList();
        var item = all[random.Next(all.Count)];
        return random.Next(3) == 0
            ? new($"{name}/any()", row => row[name]!.Any())
            : new($"{name}/any(x:x eq {Literal(item)})", row => row[name]!.Any(each => (string?)each == item));
    }

    private IComparable Draw(string name, IEdmTypeReference type)
    {
        for (var tries = 0; tries < 4 && rows.Count > 0; tries++)
            if (Value(type, rows[random.Next(rows.Count)][name] ?? JValue.CreateNull()) is { } value)
                return value is string { Length: > 200 } text ? text[..100] : value;
        return type.PrimitiveKind() switch
        {
            EdmPrimitiveTypeKind.String => "none's",
            EdmPrimitiveTypeKind.Boolean => true,
            EdmPrimitiveTypeKind.Int64 => (long)random.Next(-5, 50),
            EdmPrimitiveTypeKind.Double => random.Next(-900, 900) / 10.0,
            EdmPrimitiveTypeKind.Decimal => random.Next(0, 1_000_000) / 100m,
            EdmPrimitiveTypeKind.Date => new DateOnly(2020, 1, 1).AddDays(random.Next(2000)),
            _ => new DateTimeOffset(2021, 2, 3, 0, 0, 0, TimeSpan.FromHours(1)),
        };
    }

    /// <summary>The value of a cell, by its declared type; null for null.</summary>
    public static IComparable? Value(IEdmTypeReference type, JToken token) => token.Type == JTokenType.Null ? null : type.PrimitiveKind() switch
    {
        EdmPrimitiveTypeKind.String => (string)token!,
        EdmPrimitiveTypeKind.Boolean => (bool)token,
        EdmPrimitiveTypeKind.Int64 => (long)token,
        EdmPrimitiveTypeKind.Double => double.Parse(Convert.ToString(((JValue)token).Value, Invariant)!, NumberStyles.Float, Invariant),
        EdmPrimitiveTypeKind.Decimal => Convert.ToDecimal(((JValue)token).Value, Invariant),
        EdmPrimitiveTypeKind.Date => DateOnly.ParseExact((string)token!, "yyyy-MM-dd", Invariant),
        EdmPrimitiveTypeKind.DateTimeOffset => DateTimeOffset.Parse((string)token!, Invariant),
        _ => throw new ArgumentException(type.FullName()),
    };

    /// <summary>Text by its characters, everything else by its value; null first.</summary>
    public static int Compare(IComparable? left, IComparable? right) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string one, string other) => string.CompareOrdinal(one, other),
        _ => left.CompareTo(right),
    };

    private static string Literal(IComparable value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", Invariant),
        DateTimeOffset at => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm:ss.fffzzz", Invariant),
        double number => number.ToString("R", Invariant),
        IFormattable number => number.ToString(null, Invariant),
        _ => throw new ArgumentException($"{value}"),
    };
}
