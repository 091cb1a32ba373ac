using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.Records.Query.Filters;

/// <summary>One value of a record, entry or list item as filters and orders see it.</summary>
internal abstract class FieldAccessor<T>
{
    public abstract Func<T, bool> Compare(Filter.Compare filter);

    public abstract Func<T, bool> In(Filter.In filter);

    public abstract Func<T, bool> Matches(Filter.Matches filter);

    public abstract Func<T, bool> Any(Filter.Any filter);

    /// <summary>What a function makes of this value.</summary>
    /// <exception cref="QueryException">There is no such function of such a value.</exception>
    public abstract FieldAccessor<T> Called(ValueFunction function, TextPosition position);

    /// <summary>Compares two by this value, ascending; null when there is no order: a list, or text too long for a cursor.</summary>
    public abstract Comparison<T>? Order { get; }

    /// <summary>True when sets can hold their records in the order of this value.</summary>
    public abstract bool Indexed { get; }

    /// <summary>Where, in the order of this value, the records stand that satisfy a comparison; null when they do not stand together.</summary>
    public abstract IReadOnlyList<Bounds<T>>? Bounds(Filter filter);

    /// <summary>The value as a cursor carries it.</summary>
    public abstract string? Key(T source);

    /// <summary>Compares with a cursor's value; null when that cannot be read.</summary>
    public abstract Func<T, int>? Against(string? key);
}

/// <summary>A stretch of an ordered sequence.</summary>
/// <param name="Before">True for what stands before the stretch.</param>
/// <param name="Through">True for what stands before its end.</param>
internal readonly record struct Bounds<T>(Func<T, bool> Before, Func<T, bool> Through);

/// <param name="type">The field's kind; null for values that the registry adds.</param>
internal sealed class FieldAccessor<T, V>(ValueComparer<V>? scale, Func<T, V> get, FieldType<V>? type = null) : FieldAccessor<T>
{
    public override Comparison<T>? Order =>
        scale is null || type is { FitsCursor: false } ? null : (left, right) => scale.Compare(get(left), get(right));

    public override bool Indexed => type is { Indexed: true };

    public override Func<T, bool> Compare(Filter.Compare filter)
    {
        var ordered = Single(filter.Subject);
        var value = ordered.Parse(filter.Literal);
        // Null is equal to null and to nothing else, and neither greater nor less than anything.
        if (value.Value is null && filter.Operator is not (Operator.Eq or Operator.Ne))
            return _ => false;

        return filter.Operator switch
        {
            // No value is equal to a literal that lies between two.
            Operator.Eq or Operator.Ne when !value.IsExact => _ => filter.Operator == Operator.Ne,
            Operator.Eq => source => ordered.Same(get(source), value.Value),
            Operator.Ne => source => !ordered.Same(get(source), value.Value),
            Operator.Gt => source => get(source) is { } mine && ordered.Compare(mine, value) > 0,
            Operator.Ge => source => get(source) is { } mine && ordered.Compare(mine, value) >= 0,
            Operator.Lt => source => get(source) is { } mine && ordered.Compare(mine, value) < 0,
            _ => source => get(source) is { } mine && ordered.Compare(mine, value) <= 0,
        };
    }

    public override Func<T, bool> In(Filter.In filter)
    {
        var ordered = Single(filter.Subject);
        var values = filter.Literals.Select(ordered.Parse).Where(value => value.IsExact).Select(value => value.Value).ToHashSet();
        return source => values.Contains(get(source));
    }

    public override Func<T, bool> Matches(Filter.Matches filter)
    {
        Single(filter.Subject);
        if ((object)get is not Func<T, string?> text)
            throw QueryException.Filter(filter.Subject.Position, "a field of text", "文本字段");
        var part = filter.Literal.Text;
        return filter.Test switch
        {
            TextTest.Contains => source => text(source)?.Contains(part, StringComparison.Ordinal) == true,
            TextTest.StartsWith => source => text(source)?.StartsWith(part, StringComparison.Ordinal) == true,
            _ => source => text(source)?.EndsWith(part, StringComparison.Ordinal) == true,
        };
    }

    public override Func<T, bool> Any(Filter.Any filter)
    {
        var any = type?.Any(filter) ?? throw QueryException.Filter(filter.Subject.Position, "a list before any", "any 之前应为列表");
        return source => any(get(source));
    }

    public override FieldAccessor<T> Called(ValueFunction function, TextPosition position) => ((object)get, function) switch
    {
        (Func<T, string?> text, ValueFunction.ToLower) =>
            new FieldAccessor<T, string?>(ValueComparers.Text, source => text(source)?.ToLowerInvariant()),
        (Func<T, string?> text, ValueFunction.ToUpper) =>
            new FieldAccessor<T, string?>(ValueComparers.Text, source => text(source)?.ToUpperInvariant()),
        (Func<T, string?> text, ValueFunction.Trim) => new FieldAccessor<T, string?>(ValueComparers.Text, source => text(source)?.Trim()),
        (Func<T, string?> text, ValueFunction.Length) => new FieldAccessor<T, long?>(ValueComparers.Integer, source => text(source)?.Length),
        (Func<T, DateOnly?> date, ValueFunction.Year) => new FieldAccessor<T, long?>(ValueComparers.Integer, source => date(source)?.Year),
        (Func<T, DateOnly?> date, ValueFunction.Month) => new FieldAccessor<T, long?>(ValueComparers.Integer, source => date(source)?.Month),
        (Func<T, DateOnly?> date, ValueFunction.Day) => new FieldAccessor<T, long?>(ValueComparers.Integer, source => date(source)?.Day),
        (Func<T, DateTimeOffset?> at, ValueFunction.Year) =>
            new FieldAccessor<T, long?>(ValueComparers.Integer, source => at(source)?.UtcDateTime.Year),
        (Func<T, DateTimeOffset?> at, ValueFunction.Month) =>
            new FieldAccessor<T, long?>(ValueComparers.Integer, source => at(source)?.UtcDateTime.Month),
        (Func<T, DateTimeOffset?> at, ValueFunction.Day) =>
            new FieldAccessor<T, long?>(ValueComparers.Integer, source => at(source)?.UtcDateTime.Day),
        _ => throw QueryException.Filter(position, $"a value that has a {function.ToString().ToLowerInvariant()}",
            $"可用 {function.ToString().ToLowerInvariant()} 函数的值"),
    };

    public override IReadOnlyList<Bounds<T>>? Bounds(Filter filter) => filter switch
    {
        Filter.Compare compare => Bounds(compare.Operator, Single(compare.Subject).Parse(compare.Literal)) is { } bounds ? [bounds] : null,
        Filter.In among => [.. among.Literals.Select(Single(among.Subject).Parse).Distinct().Select(value => Bounds(Operator.Eq, value)!.Value)],
        _ => null,
    };

    private Bounds<T>? Bounds(Operator comparison, Comparand<V> value) => comparison switch
    {
        Operator.Eq => new(source => scale!.Compare(get(source), value) < 0, source => scale!.Compare(get(source), value) <= 0),
        _ when value.Value is null => null,
        Operator.Gt => new(source => scale!.Compare(get(source), value) <= 0, _ => true),
        Operator.Ge => new(source => scale!.Compare(get(source), value) < 0, _ => true),
        // Null stands first and is less than nothing.
        Operator.Lt => new(source => get(source) is null, source => scale!.Compare(get(source), value) < 0),
        Operator.Le => new(source => get(source) is null, source => scale!.Compare(get(source), value) <= 0),
        _ => null,
    };

    public override string? Key(T source) => scale!.Key(get(source));

    public override Func<T, int>? Against(string? key) => scale!.TryParseKey(key, out var value) ? source => scale.Compare(get(source), value) : null;

    private ValueComparer<V> Single(Subject subject) =>
        scale ?? throw QueryException.Filter(subject.Position, "a single value; a list is asked by any(x: …)", "单个值；列表须用 any(x: …) 查询");
}
