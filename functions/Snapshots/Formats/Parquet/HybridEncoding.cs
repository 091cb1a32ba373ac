using System.Buffers;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// Small integers in Parquet's hybrid of run-length encoding and bit packing
/// (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE): a run of equal values is its length and the value; what lies
/// between runs is packed in groups of eight, lowest bit first. Only the very last group may hold fewer values than it says.
/// </summary>
internal static class HybridEncoding
{
    /// <summary>From so many equal values on a run is shorter than packing them.</summary>
    private const int ShortestRun = 8;
    private const int Group = 8;

    /// <summary>Bits that hold the values 0 to <paramref name="count"/> − 1; at least one, which every reader understands.</summary>
    public static int Width(int count) => Math.Max(1, 32 - int.LeadingZeroCount(Math.Max(0, count - 1)));

    public static void Write(IBufferWriter<byte> to, ReadOnlySpan<int> values, int width)
    {
        var (packed, at) = (0, 0);
        while (at < values.Length)
        {
            var run = RunAt(values, at);
            // Values before a run fill whole groups, if need be with the run's first ones.
            var filling = (Group - ((at - packed) % Group)) % Group;
            if (run - filling < ShortestRun)
            {
                at += run;
                continue;
            }

            Pack(to, values[packed..(at + filling)], width);
            Run(to, run - filling, values[at], width);
            at += run;
            packed = at;
        }

        Pack(to, values[packed..], width);
    }

    public static void Varint(IBufferWriter<byte> to, ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        to.Write(bytes[..length]);
    }

    private static int RunAt(ReadOnlySpan<int> values, int at)
    {
        var end = values[at..].IndexOfAnyExcept(values[at]);
        return end < 0 ? values.Length - at : end;
    }

    private static void Run(IBufferWriter<byte> to, int length, int value, int width)
    {
        Varint(to, (ulong)length << 1);
        for (var bits = 0; bits < width; bits += 8)
            to.Write([(byte)(value >> bits)]);
    }

    private static void Pack(IBufferWriter<byte> to, ReadOnlySpan<int> values, int width)
    {
        if (values.Length == 0)
            return;

        var groups = (values.Length + Group - 1) / Group;
        Varint(to, ((ulong)groups << 1) | 1);
        var bytes = to.GetSpan(groups * width)[..(groups * width)];
        bytes.Clear();
        var (held, bits, next) = (0UL, 0, 0);
        foreach (var value in values)
        {
            held |= (ulong)(uint)value << bits;
            for (bits += width; bits >= 8; bits -= 8, held >>= 8)
                bytes[next++] = (byte)held;
        }

        if (bits > 0)
            bytes[next] = (byte)held;
        to.Advance(bytes.Length);
    }
}
