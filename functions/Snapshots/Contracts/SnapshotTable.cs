using FriendCity.Messages;

namespace FriendCity.Snapshots.Contracts;

/// <summary>A table of the star, described once: files, manifest and data dictionary follow from it.</summary>
/// <param name="name">snake_case, ASCII.</param>
/// <param name="key">The columns that together name a row.</param>
internal abstract class SnapshotTable(string name, Text label, IReadOnlyList<string> key)
{
    public string Name => name;

    /// <summary>What its files are called, before the ending.</summary>
    public virtual string Stem => name;

    /// <summary>The contract in which it got the columns that it has.</summary>
    public virtual int Major => SnapshotMajors.First;

    public Text Label => label;

    public IReadOnlyList<string> Key => key;

    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>
    /// The table's rows of a day, made as they are asked for: cells in the order of the columns. Null stands for a row that lacks a
    /// required value: one spoilt record must not keep the whole snapshot away.
    /// </summary>
    public abstract IEnumerable<object?[]?> Rows(SnapshotDay day);

    public int IndexOf(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i].Name == column)
                return i;
        throw new ArgumentException($"{name} has no column {column}.", nameof(column));
    }
}

internal sealed class SnapshotTable<T>(string name, Text label, IReadOnlyList<string> key, IReadOnlyList<Column<T>> columns,
    Func<SnapshotDay, IEnumerable<T>> rows)
    : SnapshotTable(name, label, key)
{
    public override IReadOnlyList<Column> Columns => columns;

    public override IEnumerable<object?[]?> Rows(SnapshotDay day)
    {
        foreach (var row in rows(day))
        {
            var (cells, isWhole) = (new object?[columns.Count], true);
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = columns[i].Value(row);
                isWhole &= cells[i] is not null || columns[i].Nullable;
            }

            yield return isWhole ? cells : null;
        }
    }
}

/// <param name="Rows">Cells in the order of the table's columns.</param>
/// <param name="LeftOut">Rows that lack a required value.</param>
internal sealed record TableData(SnapshotTable Table, IReadOnlyList<object?[]> Rows, int LeftOut = 0);
