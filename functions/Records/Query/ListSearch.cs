using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary>
/// <c>$search</c>: every word stands somewhere in the record's names and titles, in whatever language, case, width and normal form.
/// </summary>
internal static class ListSearch
{
    private const int MaxLength = 200;

    public static Func<T, bool> Compile<T>(Schema<T> schema, string text)
        where T : Record
    {
        var fields = schema.Fields.Where(IsName).Select(field => field.Text).OfType<Func<T, string?>>().ToArray();
        if (fields.Length == 0)
            throw new QueryException("$search", 1, new("a list whose records have names", "含有名称的列表"));
        var words = Folding.Fold(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || text.Length > MaxLength)
            throw new QueryException("$search", 1, new($"1 to {MaxLength} characters that are not all blank", $"1 至 {MaxLength} 个字符，且不全为空白"));

        return record =>
        {
            foreach (var word in words)
                if (!Stands(fields, record, word))
                    return false;
            return true;
        };
    }

    private static bool IsName<T>(Field<T> field) =>
        field.Name.StartsWith("name", StringComparison.Ordinal) || field.Name.StartsWith("title", StringComparison.Ordinal);

    private static bool Stands<T>(Func<T, string?>[] fields, T record, string word)
    {
        foreach (var field in fields)
            if (field(record) is { } text && (Folding.IsPlain(text) ? text.Contains(word, StringComparison.OrdinalIgnoreCase) : Folding.Fold(text)
                .Contains(word, StringComparison.Ordinal)))
                return true;
        return false;
    }
}
