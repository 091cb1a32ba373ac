using System.Security.Cryptography;

namespace FriendCity.Records;

/// <summary>Ids that sort by time: 48 bits of milliseconds and 80 random bits in Crockford's base 32, 26 characters.</summary>
internal static class Ulid
{
    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string New(DateTimeOffset at)
    {
        Span<byte> random = stackalloc byte[10];
        RandomNumberGenerator.Fill(random);
        return Make(at, random);
    }

    /// <param name="tail">Ten bytes in the place of the random ones.</param>
    public static string Of(DateTimeOffset at, ReadOnlySpan<byte> tail) => Make(at, tail);

    /// <summary>The smallest ULID of that millisecond: a lower bound for keys.</summary>
    public static string First(DateTimeOffset at) => Make(at, stackalloc byte[10]);

    private static string Make(DateTimeOffset at, ReadOnlySpan<byte> random)
    {
        UInt128 value = (ulong)at.ToUnixTimeMilliseconds();
        foreach (var part in random)
            value = (value << 8) | part;

        Span<char> text = stackalloc char[26];
        for (var i = text.Length - 1; i >= 0; i--, value >>= 5)
            text[i] = Digits[(int)(value & 31)];
        return new string(text);
    }
}
