using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What one unit of a currency was worth in yuan (CNY) on a day.</summary>
public sealed class ExchangeRate : Record
{
    private static readonly Fields<ExchangeRate> F = new();

    internal static readonly RecordType<ExchangeRate> Type = new("exchange-rates", new("Exchange rates", "汇率"), () => new ExchangeRate(),
    [
        F.Text("currency", "Currency (ISO 4217)", "币种（ISO 4217）", r => r.Currency, (r, v) => r.Currency = v!, required: true, max: 3),
        F.Money("rateToCny", "CNY for one unit", "兑人民币汇率", r => r.RateToCny, (r, v) => r.RateToCny = v, required: true, unit: Units.YuanPerUnit),
        F.Date("date", "Date", "日期", r => r.Date, (r, v) => r.Date = v, required: true),
    ],
    RateIsPositive)
    {
        Forms = [new(["currency"], (rate, _, validation) => Codes.CheckCurrency(validation, "/currency", rate.Currency))],
    };

    public string Currency { get; private set; } = "";

    public decimal? RateToCny { get; private set; }

    public DateOnly? Date { get; private set; }

    internal decimal Rate => RateToCny!.Value;

    internal DateOnly Day => Date!.Value;

    private static void RateIsPositive(ExchangeRate rate, RegistrySnapshot registry, ValidationContext validation)
    {
        if (rate.RateToCny <= 0)
            validation.Refuse("/rateToCny", "out_of_range", "A rate is above 0.", "汇率必须大于 0。");
    }
}
