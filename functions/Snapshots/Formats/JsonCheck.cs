using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>
/// Reads a table's JSON piece by piece, as it comes from storage: an array of objects, each with all columns in their order and a value
/// of the column's type under each name. Nothing of it is kept.
/// </summary>
internal sealed class JsonCheck(SnapshotTable table)
{
    private const int Piece = 64 * 1024;

    /// <summary>
    /// Places before, between and behind objects. Within one each column has two, for its name and its value, and the last is its end.
    /// </summary>
    private const int Before = -3;
    private const int Between = -2;
    private const int Behind = -1;

    private readonly string _file = SnapshotFormat.Json.FileOf(table);
    private readonly byte[][] _names = [.. table.Columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    private JsonReaderState _state;
    private int _place = Before;
    private int _objects;

    /// <param name="file">Read once, from where it stands; it need not seek.</param>
    /// <returns>How many objects there are.</returns>
    /// <exception cref="InvalidDataException">The file is not such a table.</exception>
    public async Task<int> RunAsync(Stream file, CancellationToken cancellationToken)
    {
        var pieces = PipeReader.Create(file, new StreamPipeReaderOptions(bufferSize: Piece, leaveOpen: true));
        try
        {
            ReadResult piece;
            do
            {
                piece = await pieces.ReadAsync(cancellationToken);
                pieces.AdvanceTo(See(piece.Buffer, piece.IsCompleted), piece.Buffer.End);
            }
            while (!piece.IsCompleted);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"Object {_objects} of {_file} does not come out again: {fault.Message}", fault);
        }
        finally
        {
            await pieces.CompleteAsync();
        }

        return _objects;
    }

    /// <returns>How far it was understood; what is left begins the next piece.</returns>
    private SequencePosition See(ReadOnlySequence<byte> piece, bool isLast)
    {
        var reader = new Utf8JsonReader(piece, isLast, _state);
        while (reader.Read())
            _place = After(ref reader);
        _state = reader.CurrentState;
        return reader.Position;
    }

    private int After(ref Utf8JsonReader reader)
    {
        if (_place == Between && reader.TokenType == JsonTokenType.StartObject)
        {
            _objects++;
            return 0;
        }

        if (_place < 0)
            return (_place, reader.TokenType) switch
            {
                (Before, JsonTokenType.StartArray) => Between,
                (Between, JsonTokenType.EndArray) => Behind,
                _ => throw new InvalidDataException($"{_file} has a {reader.TokenType} behind object {_objects}."),
            };

        var (column, isValue) = (_place / 2, _place % 2 == 1);
        if (column == table.Columns.Count)
            return reader.TokenType == JsonTokenType.EndObject
                ? Between : throw new InvalidDataException($"Object {_objects} of {_file} has more than its columns.");
        if (isValue ? !Fits(table.Columns[column], ref reader) : reader.TokenType != JsonTokenType.PropertyName
            || !reader.ValueTextEquals(_names[column]))
            throw new InvalidDataException(
                $"Object {_objects} of {_file} has {(isValue ? $"no {table.Columns[column].Type} under" : "something else in the place of")} "
                    + $"{table.Columns[column].Name}.");
        return _place + 1;
    }

    private static bool Fits(Column column, ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => column.Nullable,
        JsonTokenType.Number =>
            column.Type is ColumnType.Number or ColumnType.Decimal || (column.Type is ColumnType.Integer && reader.TryGetInt64(out _)),
        JsonTokenType.True or JsonTokenType.False => column.Type is ColumnType.Flag,
        JsonTokenType.String => column.Type is ColumnType.Text || (column.Type is ColumnType.Date && IsDay(ref reader)),
        _ => false,
    };

    private static bool IsDay(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[DateFieldType.Pattern.Length];
        return (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) == text.Length
            && DateFieldType.TryParse(text[..reader.CopyString(text)], out _);
    }
}
