namespace FriendCity.Records.Query.Filters;

internal enum Operator
{
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
}

internal enum TextTest
{
    Contains,
    StartsWith,
    EndsWith,
}

internal enum ValueFunction
{
    ToLower,
    ToUpper,
    Trim,
    Length,
    Year,
    Month,
    Day,
}

/// <summary>A function of a value, or of what another one makes of it.</summary>
internal sealed record Call(ValueFunction Name, Call? Inner);

/// <summary>What is tested: a field of the record or, inside <c>any</c>, of the entry; without a name the list's item itself.</summary>
/// <param name="Call">What is made of its value first; null for the value as it is.</param>
internal sealed record Subject(string? Name, TextPosition Position, Call? Call = null);

/// <summary>A filter as a tree, as written: no name in it has been looked up yet.</summary>
internal abstract record Filter
{
    internal sealed record And(Filter Left, Filter Right) : Filter;

    internal sealed record Or(Filter Left, Filter Right) : Filter;

    internal sealed record Not(Filter Operand) : Filter;

    internal sealed record Compare(Subject Subject, Operator Operator, Literal Literal) : Filter;

    internal sealed record In(Subject Subject, IReadOnlyList<Literal> Literals) : Filter
    {
        public bool Equals(In? other) => other is not null && Subject == other.Subject && Literals.SequenceEqual(other.Literals);

        public override int GetHashCode() => HashCode.Combine(Subject, Literals.Count);
    }

    internal sealed record Matches(TextTest Test, Subject Subject, Literal Literal) : Filter;

    /// <summary>True when an item of the list satisfies the body; without a body, when the list has items.</summary>
    internal sealed record Any(Subject Subject, string? Variable, Filter? Body) : Filter;
}
