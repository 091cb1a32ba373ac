using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>Numbers of a fixed width, lowest byte first. Every platform .NET runs on keeps them so in memory too.</summary>
internal class FixedType<T>(Physical physical, Func<object, T> of, int? converted = null, int? logical = null) : ParquetType<T>(physical, converted,
    logical)
    where T : unmanaged
{
    public override T Of(object cell) => of(cell);

    public override int Size(T value) => Unsafe.SizeOf<T>();

    public override int Length(ReadOnlySpan<T> values) => checked(values.Length * Unsafe.SizeOf<T>());

    public override void Write(Stream to, ReadOnlySpan<T> values) => to.Write(MemoryMarshal.AsBytes(values));
}

/// <summary>Doubles: told apart by their bits, so that −0 stays −0.</summary>
internal sealed class DoubleType() : FixedType<double>(Physical.Double, cell => (double)cell)
{
    public override IEqualityComparer<double> Same { get; } = new SameBits();

    // Readers may compare bits: a bound of zero has to be below both zeros, or above both. Our order puts −0 first.
    public override IComparer<double> Order { get; } = Comparer<double>.Create((left, right) =>
        left == right ? double.IsNegative(right).CompareTo(double.IsNegative(left)) : left.CompareTo(right));

    // The format forbids NaN as a bound.
    public override byte[]? Bound(double value) => double.IsNaN(value) ? null : base.Bound(value);

    private sealed class SameBits : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y);

        public int GetHashCode(double obj) => BitConverter.DoubleToInt64Bits(obj).GetHashCode();
    }
}

/// <summary>Flags, eight in a byte, lowest bit first.</summary>
internal sealed class FlagType() : ParquetType<bool>(Physical.Boolean)
{
    public override bool UsesDictionary => false;

    public override bool Of(object cell) => (bool)cell;

    public override int Size(bool value) => 1;

    public override int Length(ReadOnlySpan<bool> values) => (values.Length + 7) / 8;

    public override void Write(Stream to, ReadOnlySpan<bool> values)
    {
        var bytes = new byte[Length(values)];
        for (var i = 0; i < values.Length; i++)
            if (values[i])
                bytes[i / 8] |= (byte)(1 << (i % 8));
        to.Write(bytes);
    }
}

/// <summary>Text as UTF-8 behind its length. Half a surrogate pair has no UTF-8 and is an error, not a question mark.</summary>
internal sealed class TextType() : ParquetType<string>(Physical.ByteArray, converted: 0, logical: 1)
{
    /// <summary>A longer bound would only swell the footer.</summary>
    private const int MaxBoundLength = 64;

    /// <summary>So many bytes go to the file at once.</summary>
    private const int Piece = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override IEqualityComparer<string> Same => StringComparer.Ordinal;

    public override IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    public override string Of(object cell) => (string)cell;

    public override int Size(string value) => sizeof(int) + (value.Length * 3);

    public override int Length(ReadOnlySpan<string> values)
    {
        var length = 0;
        foreach (var value in values)
            length = checked(length + sizeof(int) + Strict.GetByteCount(value));
        return length;
    }

    public override void Write(Stream to, ReadOnlySpan<string> values)
    {
        var (buffer, used) = (ArrayPool<byte>.Shared.Rent(Piece), 0);
        foreach (var value in values)
        {
            if (buffer.Length - used < Size(value))
            {
                to.Write(buffer, 0, used);
                used = 0;
                if (buffer.Length < Size(value))
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(Size(value));
                }
            }

            var length = Strict.GetBytes(value, buffer.AsSpan(used + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(used), length);
            used += sizeof(int) + length;
        }

        to.Write(buffer, 0, used);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public override byte[]? Bound(string value) => Strict.GetBytes(value) is { Length: <= MaxBoundLength } bytes ? bytes : null;

    /// <summary>By UTF-8 bytes, which is by code point; UTF-16 would put surrogates before U+E000.</summary>
    private static int Compare(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length.CompareTo(right.Length) : Rank(left[same]).CompareTo(Rank(right[same]));
    }

    private static int Rank(char character) => char.IsSurrogate(character) ? character + 0x10000 : character;
}
