namespace FriendCity.Tests.Snapshots.Parquet;

/// <summary>Reads the hybrid of runs and packed groups, bit by bit, from its specification.</summary>
internal static class HybridReader
{
    public static int[] Read(ReadOnlySpan<byte> from, int width, int count)
    {
        var (values, at) = (new List<int>(), 0);
        while (values.Count < count)
        {
            var header = 0;
            for (var shift = 0; ; shift += 7)
            {
                header |= (from[at] & 0x7F) << shift;
                if (from[at++] < 0x80)
                    break;
            }

            if ((header & 1) == 0)
            {
                var value = 0;
                for (var bits = 0; bits < width; bits += 8)
                    value |= from[at++] << bits;
                values.AddRange(Enumerable.Repeat(value, header >> 1));
                continue;
            }

            var packed = (header >> 1) * 8;
            for (var i = 0; i < packed; i++)
                values.Add(Value(from[at..], i * width, width));
            at += (header >> 1) * width;
            // What is too much may only be the padding of the last group, and padding is zero.
            for (; values.Count > count; values.RemoveAt(values.Count - 1))
                Assert.Equal(0, values[^1]);
        }

        Assert.Equal(count, values.Count);
        Assert.Equal(from.Length, at);
        return [.. values];
    }

    private static int Value(ReadOnlySpan<byte> from, int bit, int width)
    {
        var value = 0;
        for (var i = 0; i < width; i++)
            value |= ((from[(bit + i) / 8] >> ((bit + i) % 8)) & 1) << i;
        return value;
    }
}
