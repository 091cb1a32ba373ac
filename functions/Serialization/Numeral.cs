using System.Globalization;

namespace FriendCity.Serialization;

/// <summary>
/// A number as it is written, to its last digit. Values of every type are compared with it exactly, and a type takes it or refuses it: nothing
/// is rounded on the way.
/// </summary>
internal readonly struct Numeral
{
    /// <summary>With so many digits each double is written apart from all others.</summary>
    private const int DoubleDigits = 17;

    /// <summary>The digits of the longest double, all of them.</summary>
    private const string WholeDouble = "E766";

    /// <summary>Farther out than any value of any type.</summary>
    private const int Farthest = 5000;

    /// <summary>The powers of ten that a double holds to the last digit, from 10^0 on.</summary>
    private static readonly double[] ExactPowers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    private readonly bool _negative;

    /// <summary>Without a zero at either end; null or empty for zero.</summary>
    private readonly string? _digits;

    /// <summary>The number is <c>0.digits × 10^point</c>.</summary>
    private readonly long _point;

    private Numeral(bool negative, string digits, long point) => (_negative, _digits, _point) = (negative, digits, point);

    public bool IsZero => Digits.Length == 0;

    public bool IsWhole => Digits.Length <= _point || IsZero;

    /// <summary>Digits after the point, zeros at the end not counted.</summary>
    public long Decimals => IsZero ? 0 : Math.Max(0, Digits.Length - _point);

    private string Digits => _digits ?? "";

    private string Minus => _negative ? "-" : "";

    /// <summary>Digits, with a sign before, a fraction and an exponent if wanted; nothing else that .NET would read as a number.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Numeral number)
    {
        number = default;
        var rest = text is ['-', ..] ? text[1..] : text;
        var whole = Run(ref rest);
        var fraction = ReadOnlySpan<char>.Empty;
        if (whole.IsEmpty || (rest is ['.', ..] && (fraction = Run(ref rest, 1)).IsEmpty))
            return false;

        var exponent = 0L;
        if (rest is ['e' or 'E', ..])
        {
            var negative = rest is [_, '-', ..];
            var power = Run(ref rest, negative || rest is [_, '+', ..] ? 2 : 1);
            if (power.IsEmpty)
                return false;
            exponent = Power(power.TrimStart('0')) * (negative ? -1 : 1);
        }

        if (!rest.IsEmpty)
            return false;
        var digits = string.Concat(whole, fraction);
        var first = digits.AsSpan().IndexOfAnyExcept('0');
        number = first < 0 ? default : new(text[0] == '-', digits[first..].TrimEnd('0'), whole.Length - first + exponent);
        return true;
    }

    /// <summary>The number a decimal is.</summary>
    private static Numeral Of(decimal value) => Known(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The number a double is, which is seldom the one it is written as.</summary>
    private static Numeral Of(double value) => Known(value.ToString(WholeDouble, CultureInfo.InvariantCulture));

    /// <summary>The double next to a decimal. The cast of .NET is off by a digit where the decimal ends in zeros.</summary>
    public static double Nearest(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var (digits, places) = (((ulong)(uint)bits[1] << 32) | (uint)bits[0], value.Scale);
        // Where digits and power of ten are doubles themselves, the quotient is the nearest one (W. D. Clinger, How to Read Floating Point Numbers
        // Accurately, 1990).
        if (bits[2] == 0 && digits is > 0 and <= 1UL << 53 && places < ExactPowers.Length)
            return Math.CopySign(digits / ExactPowers[places], bits[3]);
        return double.Parse(value.ToString(CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private int CompareTo(Numeral other)
    {
        if (IsZero || other.IsZero || _negative != other._negative)
            return Sign().CompareTo(other.Sign());
        var size = _point != other._point ? _point.CompareTo(other._point) : string.CompareOrdinal(Digits, other.Digits);
        return _negative ? -size : size;
    }

    /// <summary>The nearest whole number of 64 bits towards zero; this one when the comparand is exact.</summary>
    public Comparand<long?> ToInteger()
    {
        if (_point <= 0 || IsZero)
            return new(0, Sign());
        var whole = _point <= 19 ? $"{Minus}{Digits.PadRight((int)_point, '0').AsSpan(0, (int)_point)}" : "";
        if (long.TryParse(whole, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return new(value, IsWhole ? 0 : Sign());
        return new(_negative ? long.MinValue : long.MaxValue, Sign());
    }

    /// <summary>The nearest decimal, and on which side of it this number lies.</summary>
    public Comparand<decimal?> ToDecimal()
    {
        if (Math.Abs(_point) < Farthest && decimal.TryParse(Canonical(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return new(value, CompareTo(Of(value)));
        return _point < 0 ? new(0m, Sign()) : new(_negative ? decimal.MinValue : decimal.MaxValue, Sign());
    }

    /// <summary>
    /// The nearest double; it is this number when it is written so with as many digits as stand here. Longer than the 17 digits that tell
    /// doubles apart is another number, if only by a little, unless it is the double to its end; it lies beside what is shown of the double.
    /// </summary>
    public Comparand<double?> ToDouble()
    {
        if (IsZero)
            return new(0, 0);
        if (Math.Abs(_point) >= Farthest)
            return _point < 0 ? new(0, Sign()) : new(Sign() * double.MaxValue, Sign());
        var value = double.Parse(Canonical(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value))
            return new(Sign() * double.MaxValue, Sign());
        var same = Digits.Length <= DoubleDigits && CompareTo(Known(value.ToString($"E{Digits.Length - 1}", CultureInfo.InvariantCulture))) == 0;
        return new(value, same || CompareTo(Of(value)) == 0 ? 0 : CompareTo(Known(value.ToString("R", CultureInfo.InvariantCulture))));
    }

    private int Sign() => IsZero ? 0 : _negative ? -1 : 1;

    private string Canonical() => IsZero ? "0" : string.Create(CultureInfo.InvariantCulture, $"{Minus}{Digits[0]}.{Digits.AsSpan(1)}0E{_point - 1}");

    private static Numeral Known(string text) => TryParse(text, out var number) ? number : throw new FormatException($"'{text}' is no number.");

    private static long Power(ReadOnlySpan<char> digits) =>
        digits.Length > 9 ? int.MaxValue : digits.IsEmpty ? 0 : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The digits after so many characters, which are taken off.</summary>
    private static ReadOnlySpan<char> Run(scoped ref ReadOnlySpan<char> rest, int skip = 0)
    {
        var digits = rest[skip..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        digits = end < 0 ? digits : digits[..end];
        rest = rest[(skip + digits.Length)..];
        return digits;
    }
}

/// <summary>A value that a type holds, and where what it stands for lies: on it (0), a little above (1) or a little below (-1).</summary>
internal readonly record struct Comparand<V>(V Value, int Side)
{
    public bool IsExact => Side == 0;
}
