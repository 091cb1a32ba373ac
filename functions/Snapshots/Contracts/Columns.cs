using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Snapshots.Contracts;

/// <summary>
/// Makes the columns of <typeparamref name="T"/>; a definition reads as a table of name, English and Chinese description and value.
/// </summary>
internal sealed class Columns<T>
{
    /// <summary>Between the items of a list in one cell; items are ids and codes, which never hold it.</summary>
    public const char Separator = ';';

    public Column<T> Text(string name, string en, string zh, Func<T, string?> value, bool nullable = false) =>
        new(name, ColumnType.Text, nullable, null, new Text(en, zh), value);

    /// <summary>A list in one cell; null without items.</summary>
    public Column<T> List(string name, string en, string zh, Func<T, IReadOnlyList<string>?> value) =>
        Text(name, $"{en}, separated by ';'", $"{zh}(以“;”分隔)",
            row => value(row) is { Count: > 0 } items ? string.Join(Separator, items) : null, nullable: true);

    public Column<T> Date(string name, string en, string zh, Func<T, DateOnly?> value, bool nullable = false) =>
        new(name, ColumnType.Date, nullable, null, new Text(en, zh), row => value(row));

    public Column<T> Integer(string name, string en, string zh, Func<T, long?> value, bool nullable = false, string? unit = null) =>
        new(name, ColumnType.Integer, nullable, unit, new Text(en, zh), row => value(row));

    public Column<T> Number(string name, string en, string zh, Func<T, double?> value, bool nullable = false, string? unit = null) =>
        new(name, ColumnType.Number, nullable, unit, new Text(en, zh), row => value(row));

    public Column<T> Decimal(string name, string en, string zh, Func<T, decimal?> value, bool nullable = false, string? unit = null) =>
        new(name, ColumnType.Decimal, nullable, unit, new Text(en, zh), row => value(row));

    public Column<T> Flag(string name, string en, string zh, Func<T, bool?> value, bool nullable = false) =>
        new(name, ColumnType.Flag, nullable, null, new Text(en, zh), row => value(row));

    /// <summary>
    /// What a code or an id of another column is called: <c>NAME_label_en</c> and <c>NAME_label_zh</c>. They came later than the columns they
    /// tell of, so they stand behind all of them and may be null.
    /// </summary>
    public Column<T>[] Labels(string name, string en, string zh, Func<T, Text?> value) =>
    [
        Text($"{name}_label_en", $"{en}, in English", $"{zh}(英文)", row => value(row)?.En, nullable: true),
        Text($"{name}_label_zh", $"{en}, in Chinese", $"{zh}(中文)", row => value(row)?.Zh, nullable: true),
    ];

    /// <summary>The labels of a closed list's code; a text that is none of them is its own label.</summary>
    public Column<T>[] Labels(string name, string en, string zh, CodeList codes, Func<T, string?> value) =>
        Labels(name, en, zh, row => value(row) is { } code ? codes.Called(code) : null);

    public Column<T>[] ProvenanceLabels(Func<T, Evidence> of) =>
    [
        .. Labels("scenario", "Set of evidence", "证据集", Records.Provenance.Scenarios, row => of(row).Scenario),
        .. Labels("source", "Where the row comes from", "来源", Records.Provenance.Sources, row => of(row).Source),
    ];

    /// <summary>Where a row comes from; every table of records ends in these.</summary>
    public Column<T>[] Provenance(Func<T, Evidence> of) =>
    [
        Text("scenario", "Set of evidence the row belongs to", "证据集", row => of(row).Scenario),
        Text("source", "Where the row comes from", "来源", row => of(row).Source),
    ];
}
