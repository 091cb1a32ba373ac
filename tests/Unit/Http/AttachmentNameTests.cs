using FriendCity.Records;
using FriendCity.RecordsApi.Files;

namespace FriendCity.Tests.Unit.Http;

/// <summary>How files may be named, without a server.</summary>
public sealed class AttachmentNameTests
{
    /// <summary>Names that deceive or that no Windows machine can store; what each is refused for, or null.</summary>
    public static TheoryData<string, string, string?> Names => new()
    {
        { "letter\u202Efdp.exe", "application/pdf", "bad_name" },
        { "letter\u202Efdp.pdf", "application/pdf", "bad_name" },
        { "\u2066letter\u2069.pdf", "application/pdf", "bad_name" },
        { "let\u200Bter.pdf", "application/pdf", "bad_name" },
        { "let\u061Cter.pdf", "application/pdf", "bad_name" },
        { "\uFEFFletter.pdf", "application/pdf", "bad_name" },
        { "let\u2028ter.pdf", "application/pdf", "bad_name" },
        { "CON", "application/pdf", "bad_name" },
        { "nul.pdf", "application/pdf", "bad_name" },
        { "Aux.signed.pdf", "application/pdf", "bad_name" },
        { "com1 .pdf", "application/pdf", "bad_name" },
        { "LPT¹.pdf", "application/pdf", "bad_name" },
        { "conin$.pdf", "application/pdf", "bad_name" },
        { "letter.pdf.", "application/pdf", "bad_name" },
        { "letter.pdf ", "application/pdf", "bad_name" },
        { "letter.pdf\u3000", "application/pdf", "bad_name" },
        { "..", "application/pdf", "bad_name" },
        { "letter.exe", "application/pdf", "wrong_extension" },
        { "letter.pdf.exe", "application/pdf", "wrong_extension" },
        { "letter.png", "application/pdf", "wrong_extension" },
        { "letter.pdf", "image/png", "wrong_extension" },
        { "letter.2024", "application/pdf", "wrong_extension" },
        { "letter.PDF", "application/pdf", null },
        { "letter", "application/pdf", null },
        { "console.pdf", "application/pdf", null },
        { "com10.pdf", "application/pdf", null },
        { "照片.jpeg", "image/jpeg", null },
        { "photo.JPG", "image/jpeg", null },
        { "scan.tif", "image/tiff", null },
        { "نامه\u200Cها.pdf", "application/pdf", null },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_is_one_that_every_system_stores_and_shows_as_it_is(string name, string mediaType, string? refused) =>
        Assert.Equal(refused, !AttachmentRules.IsName(name) ? "bad_name" : !AttachmentRules.Agrees(name, mediaType) ? "wrong_extension" : null);

    // A character outside the first plane takes twelve in the column; others take one, and a hundred files of the longest names fit.
    [Theory]
    [InlineData("\U0001F91D", 56, 40, "too_long")]
    [InlineData("\u53CB", 113, 100, "too_many")]
    [InlineData("a", 1, 100, "too_many")]
    public void Names_fit_beside_each_other_up_to_what_the_column_holds(string letter, int times, int fitting, string rule)
    {
        List<Attachment> files = [];
        while (AttachmentRules.TooMany(files) is null)
            files.Add(new Attachment($"{string.Concat(Enumerable.Repeat(letter, times))}{files.Count:D3}.pdf", "application/pdf", 25,
                new string('0', 64)));
        Assert.Equal((fitting, rule), (files.Count - 1, AttachmentRules.TooMany(files)!.Rule));
    }
}
