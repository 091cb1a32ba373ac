using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FriendCity.Records.Schemas;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats;

/// <summary>
/// Reads a table's JSON piece by piece, as it comes from storage: an array of objects, each with all columns in their order and a value
/// of the column's type under each name. Nothing of it is kept here.
/// </summary>
/// <param name="columns">Those of the file.</param>
/// <param name="name">The file's.</param>
/// <param name="see">Given each object's cells.</param>
internal sealed class JsonCheck(IReadOnlyList<Column> columns, string name, Action<object?[]>? see)
{
    private const int Piece = 64 * 1024;

    /// <summary>
    /// Places before, between and behind objects. Within one each column has two, for its name and its value, and the last is its end.
    /// </summary>
    private const int Before = -3;
    private const int Between = -2;
    private const int Behind = -1;

    private readonly byte[][] _names = [.. columns.Select(column => Encoding.UTF8.GetBytes(column.Name))];
    private JsonReaderState _state;
    private int _place = Before;
    private int _objects;
    private object?[] _row = [];

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
            throw new InvalidDataException($"Object {_objects} of {name} does not come out again: {fault.Message}", fault);
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
            _row = new object?[columns.Count];
            return 0;
        }

        if (_place < 0)
            return (_place, reader.TokenType) switch
            {
                (Before, JsonTokenType.StartArray) => Between,
                (Between, JsonTokenType.EndArray) => Behind,
                _ => throw new InvalidDataException($"{name} has a {reader.TokenType} behind object {_objects}."),
            };

        var (column, isValue) = (_place / 2, _place % 2 == 1);
        if (column == columns.Count)
        {
            if (reader.TokenType != JsonTokenType.EndObject)
                throw new InvalidDataException($"Object {_objects} of {name} has more than its columns.");
            see?.Invoke(_row);
            return Between;
        }

        if (isValue ? !Fits(columns[column], ref reader, out _row[column]) : reader.TokenType != JsonTokenType.PropertyName
            || !reader.ValueTextEquals(_names[column]))
            throw new InvalidDataException(
                $"Object {_objects} of {name} has {(isValue ? $"no {columns[column].Type} under" : "something else in the place of")} "
                    + $"{columns[column].Name}.");
        return _place + 1;
    }

    /// <summary>The cell, which is null for one of another type too: that does not fit.</summary>
    private bool Fits(Column column, ref Utf8JsonReader reader, out object? cell)
    {
        cell = (reader.TokenType, column.Type) switch
        {
            (JsonTokenType.Number, ColumnType.Integer) => reader.TryGetInt64(out var integer) ? integer : null,
            (JsonTokenType.Number, ColumnType.Number) => reader.TryGetDouble(out var number) ? number : null,
            (JsonTokenType.Number, ColumnType.Decimal) => reader.TryGetDecimal(out var amount) ? amount : null,
            (JsonTokenType.True or JsonTokenType.False, ColumnType.Flag) => reader.GetBoolean(),
            // What nobody sees is not made: most of a file is text.
            (JsonTokenType.String, ColumnType.Text) => see is null ? "" : reader.GetString(),
            (JsonTokenType.String, ColumnType.Date) => Day(ref reader),
            _ => null,
        };
        return cell is not null || (reader.TokenType == JsonTokenType.Null && column.Nullable);
    }

    private static DateOnly? Day(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[DateFieldType.Pattern.Length];
        return (reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) == text.Length
            && DateFieldType.TryParse(text[..reader.CopyString(text)], out var day) ? day : null;
    }
}
