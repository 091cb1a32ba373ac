using FriendCity.Messages;

namespace FriendCity.Records.Query.Filters;

/// <summary>A query that cannot be understood: in which parameter, where (from 1) and what was expected there.</summary>
internal sealed class QueryException(string parameter, int at, Text expected) : Exception(expected.En)
{
    public string Parameter => parameter;

    public int At => at;

    public Text Expected => expected;

    public static QueryException Filter(TextPosition position, string en, string zh) => new("$filter", position.At, new(en, zh));
}
