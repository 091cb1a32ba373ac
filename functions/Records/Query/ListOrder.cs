using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Query;

/// <summary>The order of a list: by its fields and, so that no two records stand at one place, by id. Null first; last when descending.</summary>
internal sealed class ListOrder<T> : IComparer<T>
    where T : Record
{
    /// <summary>A cursor carries each value, and an address is not endless.</summary>
    public const int MaxFields = 4;

    private readonly List<(FieldAccessor<T> FieldAccessor, Comparison<T> Compare, bool Descending)> _keys = [];
    private readonly List<string> _names = [];

    public ListOrder(Schema<T> schema, string? text)
    {
        foreach (var (part, at) in text is null ? [] : QueryNames.Split("$orderby", text))
            _names.Add(Add(schema, part.Split(' ', StringSplitOptions.RemoveEmptyEntries), at));
        ById = _keys.Count == 0;
        Add(schema, [SystemFields.Id], 1);
    }

    /// <summary>True for the order in which the registry holds records.</summary>
    public bool ById { get; }

    /// <summary>True when the id alone decides between records of the same first value.</summary>
    public bool ByOne => _keys.Count == 2;

    /// <summary>The fields that it looks at, as they were named; the id that decides last is none of them.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>What the order looks at first.</summary>
    public FieldAccessor<T> First => _keys[0].FieldAccessor;

    public bool Descending => _keys[0].Descending;

    public int Compare(T? left, T? right) => Compare(left!, right!, _keys.Count);

    /// <summary>By the named fields alone, for those who tell records of the same values apart otherwise.</summary>
    public int CompareNamed(T left, T right) => Compare(left, right, _names.Count);

    /// <summary>The place of a record, for a cursor; the id is the last.</summary>
    public IReadOnlyList<string?> Place(T record) => [.. _keys.Select(key => key.FieldAccessor.Key(record))];

    /// <summary>Tells the records that come after a place; null when that is no place in this order.</summary>
    public Func<T, bool>? After(IReadOnlyList<string?> place)
    {
        if (place.Count != _keys.Count)
            return null;

        var against = _keys.Select((key, i) => (Compare: key.FieldAccessor.Against(place[i]), key.Descending)).ToArray();
        if (Array.Exists(against, each => each.Compare is null))
            return null;
        return record =>
        {
            foreach (var (compare, descending) in against)
                if (compare!(record) is not 0 and var order)
                    return descending ? order < 0 : order > 0;
            return false;
        };
    }

    private int Compare(T left, T right, int keys)
    {
        for (var i = 0; i < keys; i++)
            if (_keys[i].Compare(left, right) is not 0 and var order)
                return _keys[i].Descending ? -order : order;
        return 0;
    }

    private string Add(Schema<T> schema, string[] words, int at)
    {
        var operand = SystemFields.Find(schema, words[0]) ?? throw QueryNames.Unknown("$orderby", at, words[0]);
        if (words.Length > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc")))
            throw new QueryException("$orderby", at, new("a field, then asc or desc, then a comma or the end", "字段，其后为 asc 或 desc，再为逗号或结尾"));
        if (operand.Order is not { } compare)
            throw new QueryException("$orderby", at, new($"a field with an order; '{words[0]}' is a list or long text",
                $"可排序的字段；“{words[0]}”是列表或长文本"));
        if (_keys.Count == MaxFields && words[0] != SystemFields.Id)
            throw new QueryException("$orderby", at, new($"at most {MaxFields} fields", $"不超过 {MaxFields} 个字段"));
        _keys.Add((operand, compare, words.Length == 2 && words[1] == "desc"));
        return words[0];
    }
}
