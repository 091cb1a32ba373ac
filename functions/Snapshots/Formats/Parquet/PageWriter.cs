using System.Buffers;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>The encodings that we use, with the format's own numbers.</summary>
internal static class Encodings
{
    public const int Plain = 0;
    public const int Rle = 3;
    public const int RleDictionary = 8;
}

/// <summary>A column's part of a row group, as the footer describes it. Offsets are from the file's start; bytes include page headers.</summary>
/// <param name="Min">The least value, or null when there is none or it is not told.</param>
internal sealed record ColumnChunk(ParquetColumn Column, int Rows, int Nulls, byte[]? Min, byte[]? Max)
{
    public long? DictionaryOffset { get; init; }

    public long DataOffset { get; init; }

    public long Bytes { get; init; }
}

/// <summary>
/// Pages of one column chunk: a header in Thrift, then the bytes, uncompressed (https://parquet.apache.org/docs/file-format/data-pages/).
/// </summary>
internal sealed class PageWriter(Stream to)
{
    private const int DataPage = 0;
    private const int DictionaryPage = 2;

    public long Written { get; private set; }

    /// <param name="length">Of what <paramref name="write"/> writes.</param>
    public void Dictionary(int length, Action<Stream> write, int entries)
    {
        Header(DictionaryPage, length, thrift => thrift.Struct(7, () =>
        {
            thrift.I32(1, entries);
            thrift.I32(2, Encodings.Plain);
        }));
        Write(length, write);
    }

    /// <summary>Version 1: levels and values one behind the other.</summary>
    /// <param name="length">Of what <paramref name="write"/> writes: values that do not stand in <paramref name="levels"/> already.</param>
    public void Data(ReadOnlySpan<byte> levels, int length, Action<Stream> write, int rows, int encoding)
    {
        Header(DataPage, levels.Length + length, thrift => thrift.Struct(5, () =>
        {
            thrift.I32(1, rows);
            thrift.I32(2, encoding);
            thrift.I32(3, Encodings.Rle);
            thrift.I32(4, Encodings.Rle);
        }));
        Write(levels);
        Write(length, write);
    }

    private void Header(int type, int length, Action<ThriftWriter> rest)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var thrift = new ThriftWriter(bytes);
        thrift.Fields(() =>
        {
            thrift.I32(1, type);
            thrift.I32(2, length);
            thrift.I32(3, length);
            rest(thrift);
        });
        Write(bytes.WrittenSpan);
    }

    private void Write(int length, Action<Stream> write)
    {
        write(to);
        Written += length;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        to.Write(bytes);
        Written += bytes.Length;
    }
}
