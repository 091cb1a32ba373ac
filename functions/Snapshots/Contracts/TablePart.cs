using FriendCity.Messages;

namespace FriendCity.Snapshots.Contracts;

/// <summary>Some columns of another table, as a later contract has them: its rows, one for one and in their order.</summary>
/// <param name="stem">What its files are called: another table of that name has files beside them.</param>
internal sealed class TablePart(int major, SnapshotTable whole, string name, string stem, Text label, Func<Column, bool> has)
    : SnapshotTable(name, label, whole.Key)
{
    private readonly int[] _places = [.. whole.Columns.Index().Where(each => has(each.Item)).Select(each => each.Index)];

    public override string Stem => stem;

    public override int Major => major;

    public override IReadOnlyList<Column> Columns { get; } = [.. whole.Columns.Where(has)];

    /// <summary>What it has of a row of the whole table.</summary>
    public object?[] Of(object?[] row) => Array.ConvertAll(_places, place => row[place]);

    public override IEnumerable<object?[]?> Rows(SnapshotDay day) => whole.Rows(day).Select(row => row is null ? null : Of(row));
}
