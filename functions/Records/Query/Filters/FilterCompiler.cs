namespace FriendCity.Records.Query.Filters;

/// <summary>Makes a typed predicate of a filter; names are looked up here, once.</summary>
internal static class FilterCompiler
{
    /// <param name="find">The operand of that name, or null; without a name the item itself.</param>
    /// <exception cref="QueryException">A name is not declared, or compared with what it is not.</exception>
    public static Func<T, bool> Compile<T>(Filter filter, Func<string?, FieldAccessor<T>?> find)
    {
        switch (filter)
        {
            case Filter.And both:
                var (first, second) = (Compile(both.Left, find), Compile(both.Right, find));
                return source => first(source) && second(source);
            case Filter.Or either:
                var (one, other) = (Compile(either.Left, find), Compile(either.Right, find));
                return source => one(source) || other(source);
            case Filter.Not not:
                var inner = Compile(not.Operand, find);
                return source => !inner(source);
            case Filter.Compare compare:
                return Find(compare.Subject, find).Compare(compare);
            case Filter.In among:
                return Find(among.Subject, find).In(among);
            case Filter.Matches matches:
                return Find(matches.Subject, find).Matches(matches);
            case Filter.Any any:
                return Find(any.Subject, find).Any(any);
            default:
                throw new InvalidOperationException($"No meaning for {filter.GetType().Name}.");
        }
    }

    private static FieldAccessor<T> Find<T>(Subject subject, Func<string?, FieldAccessor<T>?> find) =>
        subject.Call is { } call ? Apply(call, Find(subject with { Call = null }, find), subject.Position) : Named(subject, find);

    private static FieldAccessor<T> Apply<T>(Call call, FieldAccessor<T> operand, TextPosition position) =>
        (call.Inner is { } inner ? Apply(inner, operand, position) : operand).Called(call.Name, position);

    private static FieldAccessor<T> Named<T>(Subject subject, Func<string?, FieldAccessor<T>?> find) =>
        find(subject.Name) ?? throw (subject.Name is { } name
        ? QueryException.Filter(subject.Position, $"a declared field; there is no '{name}'", $"已声明的字段；没有“{name}”")
        : QueryException.Filter(subject.Position, "a field of the entry, such as x/date", "条目的字段，例如 x/date"));
}
