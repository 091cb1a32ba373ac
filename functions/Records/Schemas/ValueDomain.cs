namespace FriendCity.Records.Schemas;

/// <summary>Which values a field takes, for whatever describes fields to others; what is no value of it is refused when it is read.</summary>
internal abstract record ValueDomain
{
    private ValueDomain() { }

    /// <param name="MaxLength">In UTF-16 code units.</param>
    internal sealed record Text(int MaxLength) : ValueDomain;

    internal sealed record Code(CodeList Codes) : ValueDomain;

    /// <param name="Type">The record type whose ids are taken.</param>
    internal sealed record Reference(string Type) : ValueDomain;

    internal sealed record Integer(long Min, long Max) : ValueDomain;

    internal sealed record Ratio(double Min, double Max) : ValueDomain;

    /// <summary>An exact decimal, 0 or more.</summary>
    /// <param name="Below">Not reached.</param>
    /// <param name="Decimals">Digits after the point, at most.</param>
    internal sealed record Money(decimal Below, int Decimals) : ValueDomain;

    internal sealed record Date : ValueDomain;

    internal sealed record Flag : ValueDomain;

    /// <param name="Distinct">No item twice.</param>
    internal sealed record List(ValueDomain Item, bool Distinct) : ValueDomain;

    /// <param name="Name">Names the kind of entry among all; entries of the same fields have the same.</param>
    internal sealed record Entry(string Name, IReadOnlyList<Field> Fields) : ValueDomain;
}
