using System.Buffers.Binary;
using System.Text;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// Reads Thrift's compact protocol from its specification, knowing nothing of the writer: a struct is its fields by id, a list a list, a
/// number a long, text bytes.
/// </summary>
internal sealed class ThriftReader(byte[] bytes, int at)
{
    public int At { get; private set; } = at;

    public ThriftStruct Struct()
    {
        var fields = new Dictionary<int, object>();
        for (var id = 0; ;)
        {
            var header = Byte();
            if (header == 0)
                return new ThriftStruct(fields);
            id = header >> 4 is var distance and not 0 ? id + distance : (int)ZigZag();
            fields.Add(id, Value(header & 15));
        }
    }

    private object Value(int type) => type switch
    {
        1 => true,
        2 => false,
        3 => (long)(sbyte)Byte(),
        4 or 5 or 6 => ZigZag(),
        7 => BinaryPrimitives.ReadDoubleLittleEndian(Take(8)),
        8 => Take((int)Varint()).ToArray(),
        9 or 10 => List(),
        12 => Struct(),
        _ => throw new InvalidDataException($"There is no type {type}."),
    };

    private List<object> List()
    {
        var header = Byte();
        var count = header >> 4 is var few and not 15 ? few : (int)Varint();
        return [.. Enumerable.Range(0, count).Select(_ => Value(header & 15))];
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        At += count;
        return bytes.AsSpan(At - count, count);
    }

    private int Byte() => Take(1)[0];

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    private long ZigZag() => Varint() is var value ? (long)(value >> 1) ^ -(long)(value & 1) : 0;
}

internal sealed record ThriftStruct(IReadOnlyDictionary<int, object> Fields)
{
    public bool Has(int id) => Fields.ContainsKey(id);

    public long Number(int id) => (long)Fields[id];

    public int Int(int id) => checked((int)Number(id));

    public byte[] Bytes(int id) => (byte[])Fields[id];

    public byte[]? BytesOrNone(int id) => Fields.GetValueOrDefault(id) as byte[];

    public string Text(int id) => Encoding.UTF8.GetString(Bytes(id));

    public ThriftStruct Struct(int id) => (ThriftStruct)Fields[id];

    public IReadOnlyList<ThriftStruct> Structs(int id) => [.. ((List<object>)Fields[id]).Cast<ThriftStruct>()];

    public IReadOnlyList<long> Numbers(int id) => [.. ((List<object>)Fields[id]).Cast<long>()];
}
