using ParquetSharp;
using Column = FriendCity.Snapshots.Contracts.Column;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>Reads a table's Parquet file row by row, whoever compressed it and how.</summary>
internal static class ParquetRows
{
    /// <summary>
    /// The rows as they are asked for, their cells found by the columns' names: a column that the file does not have yet is null and one we no
    /// longer have is skipped. In memory is one row group's part of these columns, as it stands in the file.
    /// </summary>
    /// <param name="stream">It has to seek.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static IEnumerable<object?[]> Of(IReadOnlyList<Column> columns, Stream stream)
    {
        using var cursor = ParquetCursor.Open(columns, stream);
        for (var at = 0L; cursor.MoveTo(at); at++)
        {
            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = cursor[i];
            yield return row;
        }
    }

    /// <summary>Whether the file has just these columns, as a writer of today makes them.</summary>
    /// <exception cref="InvalidDataException">It is no Parquet file.</exception>
    public static bool Has(IReadOnlyList<Column> columns, Stream stream) => ParquetCalls.Tell(stream, () =>
    {
        using var file = new ParquetFileReader(stream, leaveOpen: true);
        using var there = file.FileMetaData.Schema.GroupNode;
        using var wanted = ParquetColumn.Schema(columns);
        return there.Equals(wanted);
    });
}
