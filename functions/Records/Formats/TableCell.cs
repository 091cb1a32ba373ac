namespace FriendCity.Records.Formats;

/// <summary>What a cell of a table holds. Exact decimals are apart from numbers, which spreadsheets keep to fifteen digits.</summary>
internal enum CellKind
{
    Text,
    Number,
    Decimal,
    Date,
    Flag,
}

/// <param name="Text">As a CSV cell holds it: invariant, ISO dates. Null when the cell is empty.</param>
internal readonly record struct TableCell(string? Text, CellKind Kind = CellKind.Text);
