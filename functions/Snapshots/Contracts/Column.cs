using FriendCity.Messages;

namespace FriendCity.Snapshots.Contracts;

/// <summary>
/// What cells hold: text is a string, a date a <see cref="DateOnly"/>, an integer a long, a number a double, a decimal a decimal, a flag a
/// bool.
/// </summary>
internal enum ColumnType
{
    Text,
    Date,
    Integer,
    Number,
    Decimal,
    Flag,
}

/// <summary>A column as every reader of a snapshot sees it: files, manifest, data dictionary.</summary>
/// <param name="Name">snake_case, ASCII.</param>
/// <param name="Nullable">Whether a cell may be empty; a row that lacks another column's value is left out of its table.</param>
internal abstract record Column(string Name, ColumnType Type, bool Nullable, string? Unit, Text Description);

/// <param name="Value">The cell of a row, of the kind <paramref name="Type"/> says, or null.</param>
internal sealed record Column<T>(string Name, ColumnType Type, bool Nullable, string? Unit, Text Description, Func<T, object?> Value)
    : Column(Name, Type, Nullable, Unit, Description);
