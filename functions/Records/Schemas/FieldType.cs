using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Entries;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

/// <summary>A reference from one record to another.</summary>
internal readonly record struct Reference(string Pointer, string Type, string Id);

/// <summary>
/// How values of one kind travel: JSON in and out, storage column, cell of a table. An empty value (null, or a list without items)
/// is JSON null or [], no column and an empty cell; kinds only ever see values that are there.
/// </summary>
/// <typeparam name="V">The value as records hold it; nullable where it may be absent.</typeparam>
internal abstract class FieldType<V>
{
    /// <summary>The kind's name in the data dictionary.</summary>
    public abstract string Name { get; }

    /// <summary>Which values there are besides the empty one.</summary>
    public abstract ValueDomain Domain { get; }

    /// <summary>The value that stands for nothing.</summary>
    public virtual V Empty => default!;

    public virtual bool IsEmpty([NotNullWhen(false)] V value) => value is null;

    /// <summary>
    /// Reads a JSON value that is not null; refuses it at <paramref name="pointer"/> and returns false when it is of the wrong type or form.
    /// </summary>
    public abstract bool TryRead(JToken token, string pointer, ValidationContext validation, out V value);

    public abstract void Write(Utf8JsonWriter writer, V value);

    public abstract object ToColumn(V value);

    /// <summary>Reads a stored column; throws <see cref="FormatException"/> when it holds something else.</summary>
    public abstract V FromColumn(object column);

    /// <summary>The value as text in a cell: invariant, ISO dates.</summary>
    public abstract string Format(V value);

    /// <summary>Whether values can refer to records.</summary>
    public virtual bool Refers => false;

    /// <summary>The record types that values can refer to.</summary>
    public virtual IEnumerable<string> Targets => [];

    public virtual IEnumerable<Reference> References(V value, string pointer) => [];

    /// <summary>The dates in the value that lie outside <see cref="Days"/>' bounds, at places relative to it.</summary>
    public virtual IEnumerable<ImplausibleDate> Implausible(V value) => [];

    public virtual bool Same(V left, V right) => EqualityComparer<V>.Default.Equals(left, right);

    /// <summary>How values are compared; null for lists and entries.</summary>
    public virtual ValueComparer<V>? ValueComparer => null;

    /// <summary>True for what lists are mostly narrowed and ordered by: references, codes and dates have an index.</summary>
    public virtual bool Indexed => false;

    /// <summary>True for text that people write, not codes or ids.</summary>
    public virtual bool IsFreeText => false;

    /// <summary>False for text too long to stand in a cursor: lists have no order by it.</summary>
    public virtual bool FitsCursor => true;

    /// <summary>The test whether any item of a list satisfies a filter; null when the value is no list.</summary>
    public virtual Func<V, bool>? Any(Filter.Any filter) => null;

    /// <summary>What a filter inside <c>any</c> sees of an item: a field of an entry, or without a name the value itself.</summary>
    public virtual FieldAccessor<V>? Member(string? name) => name is null ? new FieldAccessor<V, V>(ValueComparer, value => value) : null;

    /// <summary>The entries that a getter of values gives, as a table; null when values are no lists of entries.</summary>
    public virtual EntryList? Entries<T>(Func<T, V> get) => null;

    /// <summary>The same, of a list of such values.</summary>
    public virtual EntryList? Listed<T>(Func<T, IReadOnlyList<V>> get) => null;

    /// <summary>The codes a value may have; null when any.</summary>
    public virtual IReadOnlyList<string>? Codes => null;

    protected static bool Refuse(JToken token, string pointer, ValidationContext validation, string expectedEn, string expectedZh)
    {
        var got = Describe(token);
        validation.Refuse(pointer, "wrong_type", $"Expected {expectedEn}, got {got.En}.", $"应为{expectedZh}，实际为{got.Zh}。");
        return false;
    }

    protected static bool OutOfRange(JToken token, string pointer, ValidationContext validation, double min, double max)
    {
        validation.Refuse(pointer, "out_of_range", string.Create(CultureInfo.InvariantCulture,
            $"{Json.Shown(token)} is not between {min} and {max}."),
            string.Create(CultureInfo.InvariantCulture, $"{Json.Shown(token)} 不在 {min} 至 {max} 之间。"));
        return false;
    }

    private static Text Describe(JToken token) => token.Type switch
    {
        JTokenType.Object => new("an object", "对象"),
        JTokenType.Array => new("an array", "数组"),
        JTokenType.String => new("text", "文本"),
        JTokenType.Boolean => new("a boolean", "布尔值"),
        _ => new(Json.Shown(token), $" {Json.Shown(token)}"),
    };
}
