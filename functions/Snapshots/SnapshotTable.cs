using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>A table of the star, described once: files, manifest and data dictionary follow from it.</summary>
/// <param name="name">snake_case, ASCII; also the files' name.</param>
/// <param name="key">The columns that together name a row.</param>
internal abstract class SnapshotTable(string name, Text label, IReadOnlyList<string> key)
{
    public string Name => name;

    public Text Label => label;

    public IReadOnlyList<string> Key => key;

    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>The table's rows for a snapshot of that day.</summary>
    public abstract TableData Read(View view, DateOnly day);

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == column)
                return i;
        throw new ArgumentException($"{name} has no column {column}.", nameof(column));
    }
}

internal sealed class SnapshotTable<T>(string name, Text label, IReadOnlyList<string> key, IReadOnlyList<Column<T>> columns, Func<View, DateOnly, IEnumerable<T>> rows)
    : SnapshotTable(name, label, key)
{
    public override IReadOnlyList<Column> Columns => columns;

    public override TableData Read(View view, DateOnly day)
    {
        var (cells, leftOut) = (new List<object?[]>(), 0);
        foreach (var row in rows(view, day))
        {
            var values = columns.Select(column => column.Value(row)).ToArray();
            if (values.Zip(columns).Any(cell => cell.First is null && !cell.Second.Nullable))
                leftOut++;
            else
                cells.Add(values);
        }

        return new TableData(this, cells, leftOut);
    }
}

/// <param name="Rows">Cells in the order of the table's columns.</param>
/// <param name="LeftOut">Rows that lack a required value: one spoilt record must not keep the whole snapshot away.</param>
internal sealed record TableData(SnapshotTable Table, IReadOnlyList<object?[]> Rows, int LeftOut = 0);
