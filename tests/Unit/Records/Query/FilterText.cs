using FriendCity.Records.Query.Filters;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>Filters as text, as a client would write them.</summary>
internal static class FilterText
{
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Print(Filter filter, string? variable = null) => filter switch
    {
        Filter.And both => $"{Operand(both.Left, variable, both.Left is Filter.Or)} and "
            + $"{Operand(both.Right, variable, both.Right is Filter.Or or Filter.And)}",
        Filter.Or either => $"{Print(either.Left, variable)} or {Operand(either.Right, variable, either.Right is Filter.Or)}",
        Filter.Not not => $"not ({Print(not.Operand, variable)})",
        Filter.Compare compare => $"{Path(compare.Subject, variable)} {Lower(compare.Operator)} {Print(compare.Literal)}",
        Filter.In among => $"{Path(among.Subject, variable)} in ({string.Join(", ", among.Literals.Select(Print))})",
        Filter.Matches matches => $"{Lower(matches.Test)}({Path(matches.Subject, variable)},{Print(matches.Literal)})",
        Filter.Any { Body: null } any => $"{Path(any.Subject, variable)}/any()",
        Filter.Any any => $"{Path(any.Subject, variable)}/any({any.Variable}:{Print(any.Body!, any.Variable)})",
        _ => throw new InvalidOperationException(),
    };

    private static string Operand(Filter filter, string? variable, bool brackets) =>
        brackets ? $"({Print(filter, variable)})" : Print(filter, variable);

    private static string Print(Literal literal) => literal.Kind == LiteralKind.Text ? Quote(literal.Text) : literal.Text;

    private static string Path(Subject subject, string? variable) => (variable, subject.Name) switch
    {
        (null, var name) => name!,
        (_, null) => variable,
        _ => $"{variable}/{subject.Name}",
    };

#pragma warning disable CA1308 // The words of the language are lower-case.
    private static string Lower<E>(E word)
        where E : struct, Enum => word.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
