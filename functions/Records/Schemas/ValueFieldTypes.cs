using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query.Filters;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

internal sealed class IntegerFieldType(long min, long max) : FieldType<long?>
{
    public override string Name => "integer";

    public override ValueDomain Domain => new ValueDomain.Integer(min, max);

    public override ValueComparer<long?> ValueComparer => ValueComparers.Integer;

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out long? value)
    {
        // To JSON 1, 1.0 and 1e0 are one number (JSON Schema 2020-12, validation 6.1.1).
        (value, var side) = Json.Number(token) is { IsWhole: true } number ? number.ToInteger() : default;
        if (value is null)
            return Refuse(token, pointer, validation, "a whole number", "整数");
        if (side == 0 && value >= min && value <= max)
            return true;

        return OutOfRange(token, pointer, validation, min, max);
    }

    public override void Write(Utf8JsonWriter writer, long? value) => writer.WriteNumberValue(value!.Value);

    public override object ToColumn(long? value) => value!.Value;

    public override long? FromColumn(object column) =>
        column is long number && number >= min && number <= max ? number : throw new FormatException("not an integer of this field");

    public override string Format(long? value) => value!.Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A measurement: a double, finite.</summary>
internal sealed class RatioFieldType(double min, double max) : FieldType<double?>
{
    public override string Name => "ratio";

    public override ValueDomain Domain => new ValueDomain.Ratio(min, max);

    public override ValueComparer<double?> ValueComparer => ValueComparers.Ratio;

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out double? value)
    {
        value = null;
        if (Json.Number(token) is not { } number)
            return Refuse(token, pointer, validation, "a number", "数字");

        (value, var side) = number.ToDouble();
        if (!(value >= min && value <= max))
            return OutOfRange(token, pointer, validation, min, max);
        if (side == 0)
            return true;

        var kept = Format(value);
        validation.Refuse(pointer, "out_of_range", $"{Json.Shown(token)} has more digits than a measurement keeps: it would become {kept}.",
            $"{Json.Shown(token)} 的位数超过可保存的精度，会变为 {kept}。");
        return false;
    }

    public override void Write(Utf8JsonWriter writer, double? value) => writer.WriteNumberValue(value!.Value);

    public override object ToColumn(double? value) => value!.Value;

    // A column can hold NaN, and JSON cannot.
    public override double? FromColumn(object column) =>
        column is double number && number >= min && number <= max ? number : throw new FormatException("not a ratio of this field");

    public override string Format(double? value) => value!.Value.ToString("R", CultureInfo.InvariantCulture);
}

/// <summary>Money and other exact decimals: at most 18 digits, six of them after the point; a string in storage, a number in JSON.</summary>
internal sealed class MoneyFieldType : FieldType<decimal?>
{
    private const decimal Limit = 1_000_000_000_000m;

    /// <summary>Digits after the point.</summary>
    private const int Scaled = 6;

    public override string Name => "decimal";

    public override ValueDomain Domain => new ValueDomain.Money(Limit, Scaled);

    public override ValueComparer<decimal?> ValueComparer => ValueComparers.Money;

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out decimal? value)
    {
        value = null;
        if (Json.Number(token) is not { } number)
            return Refuse(token, pointer, validation, "a decimal number", "十进制数");

        if (number.Decimals <= Scaled && number.ToDecimal() is { IsExact: true, Value: >= 0 and < Limit })
        {
            value = Parse(token.ToString(Newtonsoft.Json.Formatting.None), number);
            return true;
        }

        validation.Refuse(pointer, "out_of_range", "The amount must be at least 0, below 1,000,000,000,000 and have at most 6 decimals.",
            "金额必须不小于 0、小于 1,000,000,000,000，且最多 6 位小数。");
        return false;
    }

    public override void Write(Utf8JsonWriter writer, decimal? value) => writer.WriteNumberValue(value!.Value);

    public override object ToColumn(decimal? value) => Format(value);

    public override decimal? FromColumn(object column) =>
        decimal.TryParse(column as string, NumberStyles.Number, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and < Limit ? value : throw new FormatException("not a decimal of this field");

    public override string Format(decimal? value) => value!.Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// With the zeros that were sent, as far as the field has places for them: the last of them would cost a product its exactness.
    /// </summary>
    private static decimal Parse(string literal, Numeral number)
    {
        var value = number.IsZero ? 0 : decimal.Parse(literal, NumberStyles.Float, CultureInfo.InvariantCulture);
        return value.Scale > Scaled ? decimal.Round(value, Scaled) : value;
    }
}

/// <summary>A calendar day, <c>yyyy-MM-dd</c> everywhere.</summary>
internal sealed class DateFieldType : FieldType<DateOnly?>
{
    public const string Pattern = "yyyy-MM-dd";

    /// <summary>Writes the same, without following a pattern.</summary>
    public const string Plain = "O";

    public override string Name => "date";

    public override ValueDomain Domain => new ValueDomain.Date();

    public override ValueComparer<DateOnly?> ValueComparer => ValueComparers.Date;

    public override bool Indexed => true;

    /// <summary>By hand: following a pattern takes the library ten times as long, and a nightly check reads millions of days.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly date)
    {
        date = default;
        if (text.Length != Pattern.Length || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..], out var day)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateOnly(year, month, day);
        return true;
    }

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out DateOnly? value)
    {
        value = null;
        if (token.Type != JTokenType.String || !TryParse((string?)token, out var date))
            return Refuse(token, pointer, validation, "a calendar day as \"yyyy-MM-dd\"", "“yyyy-MM-dd”格式的日期");

        value = date;
        return true;
    }

    public override void Write(Utf8JsonWriter writer, DateOnly? value)
    {
        Span<char> text = stackalloc char[Pattern.Length];
        value!.Value.TryFormat(text, out _, Plain, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text);
    }

    public override IEnumerable<ImplausibleDate> Implausible(DateOnly? value) => Days.IsPlausible(value!.Value) ? [] : [new("", value.Value)];

    public override object ToColumn(DateOnly? value) => Format(value);

    public override DateOnly? FromColumn(object column) => TryParse(column as string, out var date) ? date : throw new FormatException("not a date");

    public override string Format(DateOnly? value) => value!.Value.ToString(Plain, CultureInfo.InvariantCulture);

    private static bool Digits(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit(digit))
                return false;
            number = (10 * number) + digit - '0';
        }

        return true;
    }
}

internal sealed class FlagFieldType : FieldType<bool?>
{
    public override string Name => "flag";

    public override ValueDomain Domain => new ValueDomain.Flag();

    public override ValueComparer<bool?> ValueComparer => ValueComparers.Flag;

    public override bool TryRead(JToken token, string pointer, ValidationContext validation, out bool? value)
    {
        value = token.Type == JTokenType.Boolean ? (bool)token : null;
        return value is not null || Refuse(token, pointer, validation, "true or false", "true 或 false");
    }

    public override void Write(Utf8JsonWriter writer, bool? value) => writer.WriteBooleanValue(value!.Value);

    public override object ToColumn(bool? value) => value!.Value;

    public override bool? FromColumn(object column) => column as bool? ?? throw new FormatException("not a flag");

    public override string Format(bool? value) => value!.Value ? "true" : "false";
}
