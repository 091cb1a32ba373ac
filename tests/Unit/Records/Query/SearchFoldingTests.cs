using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>Names are found however they were typed (Unicode's caseless matching, UAX 31 toNFKC_Casefold).</summary>
public sealed class SearchFoldingTests
{
    [Theory]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("İSTANBUL", "i\u0307stanbul")]
    [InlineData("Istanbul", "İSTANBUL")]
    [InlineData("i\u0307stanbul", "ISTANBUL")]
    [InlineData("Straße", "STRASSE")]
    [InlineData("STRASSE", "straße")]
    [InlineData("GROẞSTADT", "großstadt")]
    [InlineData("Große", "grosse")]
    [InlineData("ＱＩＮＧＤＡＯ", "qingdao")]
    [InlineData("Qingdao", "ｑｉｎｇｄａｏ")]
    [InlineData("ﾄｳｷｮｳ", "トウキョウ")]
    [InlineData("ガス", "ｶﾞｽ")]
    [InlineData("Sa\u0303o Paulo", "são")]
    [InlineData("São Paulo", "SA\u0303O")]
    [InlineData("Алматы", "АЛМАТЫ")]
    [InlineData("Йошкар", "и\u0306ошкар")]
    [InlineData("ΑΘΗΝΑΣ", "αθηνας")]
    [InlineData("Αθήνας", "ΑΘΉΝΑΣ")]
    [InlineData("ﬁlm office", "FILM")]
    [InlineData("Bishkek\u200B City", "bishkek city")]
    [InlineData("Qing\u00ADdao", "qingdao")]
    [InlineData("青岛　城阳", "城阳")]
    [InlineData("𐐀𐐁", "𐐨𐐩")]
    [InlineData("Նոր և", "ՆՈՐ ԵՒ")]
    public void A_name_is_found_in_another_case_width_and_form(string name, string search) => Assert.True(Finds(name, search), $"{name} by {search}");

    [Theory]
    [InlineData("São Paulo", "sao")]
    [InlineData("Diyarbakır", "diyarbakir")]
    [InlineData("Köln", "koln")]
    [InlineData("Straße", "strase")]
    [InlineData("青岛", "青島")]
    public void Letters_that_differ_stay_apart(string name, string search) => Assert.False(Finds(name, search), $"{name} by {search}");

    /// <summary>Every character of the first planes: folding again changes nothing, and its cases fold alike.</summary>
    [Fact]
    public void Folding_is_idempotent_and_deaf_to_case_for_every_character()
    {
        var faults = new List<string>();
        for (var code = 1; code < 0x1FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
                continue;
            var text = char.ConvertFromUtf32(code);
            var folded = Folding.Fold(text);
            // Of ı the upper case is I, and it is another letter all the same.
            if (Folding.Fold(folded) != folded || Folding.Fold(text.ToUpperInvariant()) != folded || Folding.Fold(text.ToLowerInvariant()) != folded)
                faults.Add($"U+{code:X4}");
        }

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData("$search", "\u200B")]
    [InlineData("$search", "\u3000")]
    public void A_search_for_nothing_is_refused(string parameter, string text) =>
        Assert.StartsWith(parameter, Assert.Throws<QueryException>(() => Finds("Qingdao", text)).Parameter, StringComparison.Ordinal);

    private static bool Finds(string name, string search)
    {
        var registry = Rows.TwoCountries().Add("cities", "X",
            new JObject { ["countryId"] = "AA", ["entityLevel"] = "city", ["nameEn"] = name, ["nameZh"] = "名" }).Registry;
        return ListSearch.Compile(City.Type.Schema, search)(registry.Of(City.Type).Get("X")!);
    }
}
