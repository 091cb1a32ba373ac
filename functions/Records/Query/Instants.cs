using System.Globalization;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.Records.Query;

/// <summary>Instants as RFC 3339 writes them, and OData, which leaves out the seconds if it likes: up to twelve digits of a second.</summary>
internal static class Instants
{
    private const string Held = "yyyy-MM-ddTHH:mm:ss.fffffff";
    private const int ShownDigits = 3;
    private const int MaxDigits = 12;

    /// <summary>Digits of a second that .NET and storage hold.</summary>
    private const int StoredDigits = 7;

    private const int MaxOffset = 14 * 60;

    /// <summary>
    /// The instant; one between two that can be held is told as the one before it, and lies above that. Null when the text is none.
    /// </summary>
    public static Comparand<DateTimeOffset>? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < 17 || text[10] is not ('T' or 't') || !DateFieldType.TryParse(text[..10], out var day)
            || !Clock(text[11..16], 23, out var minutes))
            return null;

        var rest = text[16..];
        var (ticks, more) = (minutes * TimeSpan.TicksPerMinute, false);
        if (rest is [':', ..])
        {
            if (rest.Length < 3 || !Two(rest[1..3], 59, out var seconds))
                return null;
            rest = rest[3..];
            ticks += seconds * TimeSpan.TicksPerSecond;
            if (rest is ['.', ..] && !Fraction(ref rest, ref ticks, out more))
                return null;
        }

        if (Offset(rest) is not { } offset)
            return null;
        var utc = (day.DayNumber * TimeSpan.TicksPerDay) + ticks - offset.Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks
            ? null : new(new DateTimeOffset(utc, TimeSpan.Zero).ToOffset(offset), more ? 1 : 0);
    }

    /// <summary>The instant to its last digit, for addresses and whoever asks for the same again.</summary>
    public static string Format(DateTimeOffset instant)
    {
        var text = instant.UtcDateTime.ToString(Held, CultureInfo.InvariantCulture);
        return $"{text[..^(StoredDigits - ShownDigits)]}{text[^(StoredDigits - ShownDigits)..].TrimEnd('0')}Z";
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest, ref long ticks, out bool more)
    {
        var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? rest[1..] : rest.Slice(1, end);
        more = digits.Length > StoredDigits && digits[StoredDigits..].ContainsAnyExcept('0');
        rest = rest[(1 + digits.Length)..];
        if (digits.Length is 0 or > MaxDigits)
            return false;
        for (var i = 0; i < StoredDigits; i++)
            ticks += (i < digits.Length ? digits[i] - '0' : 0) * Power(StoredDigits - 1 - i);
        return true;
    }

    private static long Power(int exponent) => exponent == 0 ? 1 : 10 * Power(exponent - 1);

    private static TimeSpan? Offset(ReadOnlySpan<char> text)
    {
        if (text is ['Z' or 'z'])
            return TimeSpan.Zero;
        return text is ['+' or '-', ..] && text.Length == 6 && Clock(text[1..], 14, out var minutes) && minutes <= MaxOffset
            ? TimeSpan.FromMinutes(text[0] == '-' ? -minutes : minutes)
            : null;
    }

    /// <summary>Hours and minutes, <c>08:30</c>, as minutes.</summary>
    private static bool Clock(ReadOnlySpan<char> text, int mostHours, out int minutes)
    {
        minutes = 0;
        if (text[2] != ':' || !Two(text[..2], mostHours, out var hours) || !Two(text[3..], 59, out minutes))
            return false;
        minutes += 60 * hours;
        return true;
    }

    private static bool Two(ReadOnlySpan<char> text, int most, out int number)
    {
        number = text.Length == 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? (10 * (text[0] - '0')) + text[1] - '0' : int.MaxValue;
        return number <= most;
    }
}
