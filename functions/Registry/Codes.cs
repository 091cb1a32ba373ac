using System.Text.RegularExpressions;
using FriendCity.Messages;

namespace FriendCity.Registry;

/// <summary>Codes that others give out, and how they are written.</summary>
internal static partial class Codes
{
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public static bool IsAlpha2(string code) => Alpha2().IsMatch(code);

    /// <summary>ISO 3166-1 alpha-3 and ISO 4217: three capitals.</summary>
    public static bool IsThreeLetters(string code) => ThreeLetters().IsMatch(code);

    /// <summary>UN M49: three digits.</summary>
    public static bool IsM49(string code) => ThreeDigits().IsMatch(code);

    /// <summary>UN/LOCODE: the country's two letters, and three letters or digits from 2 to 9.</summary>
    public static bool IsUnlocode(string code) => Unlocode().IsMatch(code);

    public static bool IsWikidata(string code) => Wikidata().IsMatch(code);

    public static void CheckCurrency(ValidationContext validation, string pointer, string? currency)
    {
        if (currency is not null && !IsThreeLetters(currency))
            validation.Refuse(pointer, "currency", "A currency is three capital letters of ISO 4217, such as CNY.", "币种为 ISO 4217 的三位大写字母代码，例如 CNY。");
    }

    [GeneratedRegex(@"^[A-Z]{2}\z", RegexOptions.None, 1000)]
    private static partial Regex Alpha2();

    [GeneratedRegex(@"^[A-Z]{3}\z", RegexOptions.None, 1000)]
    private static partial Regex ThreeLetters();

    [GeneratedRegex(@"^[0-9]{3}\z", RegexOptions.None, 1000)]
    private static partial Regex ThreeDigits();

    [GeneratedRegex(@"^[A-Z]{2}[A-Z2-9]{3}\z", RegexOptions.None, 1000)]
    private static partial Regex Unlocode();

    [GeneratedRegex(@"^Q[1-9][0-9]*\z", RegexOptions.None, 1000)]
    private static partial Regex Wikidata();
}
