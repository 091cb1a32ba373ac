using System.Buffers;
using System.Text;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// Writes structs in Thrift's compact protocol, in which a Parquet file describes itself
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). A field is told by the distance of its id from
/// the field before; integers are zigzag varints.
/// </summary>
internal sealed class ThriftWriter(IBufferWriter<byte> to)
{
    private const int ShortList = 15;

    private int _last;

    private enum Wire
    {
        True = 1,
        False = 2,
        I8 = 3,
        I16 = 4,
        I32 = 5,
        I64 = 6,
        Binary = 8,
        List = 9,
        Struct = 12,
    }

    /// <summary>A struct that stands by itself.</summary>
    public void Fields(Action write)
    {
        var outer = _last;
        _last = 0;
        write();
        Byte(0);
        _last = outer;
    }

    public void Flag(int id, bool value) => Header(id, value ? Wire.True : Wire.False);

    public void I8(int id, byte value)
    {
        Header(id, Wire.I8);
        Byte(value);
    }

    public void I16(int id, int value) => Integer(id, Wire.I16, value);

    public void I32(int id, int value) => Integer(id, Wire.I32, value);

    public void I64(int id, long value) => Integer(id, Wire.I64, value);

    public void Text(int id, string value) => Bytes(id, Encoding.UTF8.GetBytes(value));

    public void Bytes(int id, ReadOnlySpan<byte> value)
    {
        Header(id, Wire.Binary);
        Binary(value);
    }

    public void Struct(int id, Action write)
    {
        Header(id, Wire.Struct);
        Fields(write);
    }

    public void Structs<T>(int id, IReadOnlyList<T> items, Action<T> write)
    {
        List(id, items.Count, Wire.Struct);
        foreach (var item in items)
            Fields(() => write(item));
    }

    public void I32s(int id, IReadOnlyList<int> items)
    {
        List(id, items.Count, Wire.I32);
        foreach (var item in items)
            Varint(ZigZag(item));
    }

    public void Texts(int id, params IReadOnlyList<string> items)
    {
        List(id, items.Count, Wire.Binary);
        foreach (var item in items)
            Binary(Encoding.UTF8.GetBytes(item));
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private void Integer(int id, Wire wire, long value)
    {
        Header(id, wire);
        Varint(ZigZag(value));
    }

    private void List(int id, int count, Wire items)
    {
        Header(id, Wire.List);
        if (count < ShortList)
        {
            Byte((count << 4) | (int)items);
            return;
        }

        Byte(0xF0 | (int)items);
        Varint((ulong)count);
    }

    private void Header(int id, Wire wire)
    {
        // Parquet's structs have at most a dozen fields, written in order: the distance always fits the short form.
        Byte(((id - _last) << 4) | (int)wire);
        _last = id;
    }

    private void Binary(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        to.Write(value);
    }

    private void Varint(ulong value) => HybridEncoding.Varint(to, value);

    private void Byte(int value) => to.Write([(byte)value]);
}
