using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace FriendCity.Access;

/// <summary>
/// An access key, <c>fc_</c> and 42 characters: ten name the key in storage, 32 (160 random bits) are the secret.
/// Only the SHA-256 of the whole is stored; a random key of that size needs no salt and no slow hash.
/// </summary>
internal sealed record AccessKey(string Id, string Text)
{
    private const string Prefix = "fc_";
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private static readonly SearchValues<char> DigitSet = SearchValues.Create(Digits);
    private const int IdLength = 10;
    private const int Length = IdLength + 32;

    public static AccessKey New()
    {
        var digits = RandomNumberGenerator.GetString(Digits, Length);
        return new AccessKey(digits[..IdLength], Prefix + digits);
    }

    public static bool TryParse(string? text, [NotNullWhen(true)] out AccessKey? key)
    {
        var valid = text is not null && text.Length == Prefix.Length + Length && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(DigitSet) < 0;
        key = valid ? new AccessKey(text![Prefix.Length..(Prefix.Length + IdLength)], text) : null;
        return valid;
    }

    /// <summary>True for what can be a key's id.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.AsSpan().IndexOfAnyExcept(DigitSet) < 0;

    /// <summary>What people may see of the key with that id.</summary>
    public static string Shown(string id) => Prefix + id;

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>Keys never show in logs, whoever prints the record.</summary>
    public override string ToString() => $"{Prefix}{Id}…";
}
