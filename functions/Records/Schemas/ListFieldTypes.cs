using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Entries;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;
using JsonException = Newtonsoft.Json.JsonException;

namespace FriendCity.Records.Schemas;

/// <summary>A list, stored as one JSON string of at most the 32 Ki characters that a column holds; longer lists are refused, never cut.</summary>
/// <param name="distinct">Refuse equal items.</param>
internal sealed class ListFieldType<V>(FieldType<V> item, bool distinct) : FieldType<IReadOnlyList<V>>
{
    private const int MaxCharacters = 32 * 1024;

    /// <summary>An item takes four characters at least (<c>"a",</c>), so a longer list need not be looked at.</summary>
    private const int MaxItems = MaxCharacters / 4;

    public override string Name => $"list of {item.Name}";

    public override ValueDomain Domain => new ValueDomain.List(item.Domain, distinct);

    public override IReadOnlyList<V> Empty => [];

    public override bool IsEmpty(IReadOnlyList<V> value) => value.Count == 0;

    public override IReadOnlyList<string>? Codes => item.Codes;

    public override EntryList? Entries<T>(Func<T, IReadOnlyList<V>> get) => item.Listed(get);

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out IReadOnlyList<V> value)
    {
        value = Empty;
        if (token is not JArray array)
            return Refuse(token, pointer, validation, "an array", "数组");

        if (array.Count > MaxItems)
            return TooLong(pointer, validation);

        var (items, refused) = (new List<V>(array.Count), validation.Refused);
        for (var i = 0; i < array.Count; i++)
            ReadItem(array[i], string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}"), validation, items);
        if (validation.Refused > refused)
            return false;

        value = items;
        return items.Count == 0 || ((string)ToColumn(items)).Length <= MaxCharacters || TooLong(pointer, validation);
    }

    private static bool TooLong(string pointer, ValidationContext validation)
    {
        validation.Refuse(pointer, "too_long", $"The list needs more than the {MaxCharacters} characters that storage holds.",
            $"列表超过存储可容纳的 {MaxCharacters} 个字符。");
        return false;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<V> value)
    {
        writer.WriteStartArray();
        foreach (var each in value)
            item.Write(writer, each);
        writer.WriteEndArray();
    }

    public override object ToColumn(IReadOnlyList<V> value) => Json.Text(writer => Write(writer, value));

    public override IReadOnlyList<V> FromColumn(object column)
    {
        if (Array(column) is not { } array)
            throw new FormatException("not a list");

        var validation = new ValidationContext { Stored = true };
        if (!TryRead(array, "", validation, out var value))
            throw new FormatException($"{validation.Violations[0].Pointer}: {validation.Violations[0].Message.En}");
        return value;
    }

    public override string Format(IReadOnlyList<V> value) => string.Join(';', value.Select(item.Format));

    public override bool Refers => item.Refers;

    public override IEnumerable<string> Targets => item.Targets;

    public override IEnumerable<Reference> References(IReadOnlyList<V> value, string pointer) =>
        value.SelectMany((each, i) => item.References(each, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{i}")));

    public override IEnumerable<ImplausibleDate> Implausible(IReadOnlyList<V> value) =>
        value.SelectMany((each, i) => item.Implausible(each)
            .Select(found => found with { Pointer = string.Create(CultureInfo.InvariantCulture, $"/{i}{found.Pointer}") }));

    public override bool Same(IReadOnlyList<V> left, IReadOnlyList<V> right) =>
        left.Count == right.Count && left.Zip(right).All(pair => item.Same(pair.First, pair.Second));

    public override Func<IReadOnlyList<V>, bool> Any(Filter.Any filter)
    {
        if (filter.Body is null)
            return list => list.Count > 0;

        var test = FilterCompiler.Compile<V>(filter.Body, item.Member);
        return list =>
        {
            for (var i = 0; i < list.Count; i++)
                if (test(list[i]))
                    return true;
            return false;
        };
    }

    private static JArray? Array(object column)
    {
        try
        {
            return column is string text ? Json.Parse(text) as JArray : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void ReadItem(JToken token, string pointer, ValidationContext validation, List<V> items)
    {
        if (token.Type == JTokenType.Null)
            validation.Refuse(pointer, "null_item", "A list has no empty items.", "列表中不能有空项。");
        else if (!item.TryRead(token, pointer, validation, out var value))
            return;
        else if (distinct && items.Exists(each => item.Same(each, value)))
            validation.Refuse(pointer, "duplicate", "The list names this twice.", "列表中有重复项。");
        else
            items.Add(value);
    }
}

/// <summary>A nested entry, such as one stage of a relationship.</summary>
internal sealed class EntryFieldType<E>(Schema<E> schema) : FieldType<E>
    where E : Entry
{
    public override string Name => "entry";

    public override ValueDomain Domain => new ValueDomain.Entry(typeof(E).Name, schema.Fields);

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out E value)
    {
        value = schema.Create();
        if (token is not JObject json)
            return Refuse(token, pointer, validation, "an object", "对象");

        var refused = validation.Refused;
        schema.Read(json, value, pointer, validation);
        return validation.Refused == refused;
    }

    public override void Write(Utf8JsonWriter writer, E value)
    {
        writer.WriteStartObject();
        schema.Write(writer, value);
        writer.WriteEndObject();
    }

    public override object ToColumn(E value) => Json.Text(writer => Write(writer, value));

    public override E FromColumn(object column) => throw new NotSupportedException("Entries are stored in lists.");

    public override string Format(E value) => (string)ToColumn(value);

    public override bool Refers => schema.Fields.Any(each => each.Refers);

    public override IEnumerable<string> Targets => schema.Fields.SelectMany(each => each.Targets);

    public override IEnumerable<Reference> References(E value, string pointer) => schema.References(value, pointer);

    public override IEnumerable<ImplausibleDate> Implausible(E value) => schema.Implausible(value);

    public override bool Same(E left, E right) => schema.Same(left, right);

    public override EntryList? Listed<T>(Func<T, IReadOnlyList<E>> get) => new EntryList<T, E>(schema, get);

    public override FieldAccessor<E>? Member(string? name) => name is null ? null : schema.Find(name)?.FieldAccessor;
}
