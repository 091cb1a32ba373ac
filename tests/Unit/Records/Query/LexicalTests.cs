using System.Globalization;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>Filters letter by letter: what is written in another language's manner, and where a literal ends.</summary>
public sealed class LexicalTests
{
    [Theory]
    [InlineData("text == 'a'", 6, "a word and not ==; write eq", "运算词而不是“==”，请写作 eq")]
    [InlineData("text = 'a'", 6, "a word and not =; write eq", "运算词而不是“=”，请写作 eq")]
    [InlineData("text != 'a'", 6, "a word and not !=; write ne", "运算词而不是“!=”，请写作 ne")]
    [InlineData("text <> 'a'", 6, "a word and not <>; write ne", "运算词而不是“<>”，请写作 ne")]
    [InlineData("count <= 1", 7, "a word and not <=; write le", "运算词而不是“<=”，请写作 le")]
    [InlineData("count > 1", 7, "a word and not >; write gt", "运算词而不是“>”，请写作 gt")]
    [InlineData("!(count eq 1)", 1, "a word and not !; write not", "运算词而不是“!”，请写作 not")]
    [InlineData("count eq 1 && count eq 2", 12, "a word and not &&; write and", "运算词而不是“&&”，请写作 and")]
    [InlineData("count ≥ 1", 7, "a word and not ≥; write ge", "运算词而不是“≥”，请写作 ge")]
    [InlineData("text eq \"a\"", 9, "text in single quotes; write 'a'", "单引号括起的文本，请写作 'a'")]
    [InlineData("text eq \"it's\"", 9, "text in single quotes; write 'it''s'", "单引号括起的文本，请写作 'it''s'")]
    [InlineData("text eq “青岛” and count eq 1", 9, "text in single quotes; write '青岛'", "单引号括起的文本，请写作 '青岛'")]
    [InlineData("text eq \"a b", 9, "text in single quotes; write 'a'", "单引号括起的文本，请写作 'a'")]
    [InlineData("text eq \"\"", 9, "text in single quotes; write ''", "单引号括起的文本，请写作 ''")]
    [InlineData("count in （1)", 10, "'(' and not its full-width form", "半角的“(”")]
    [InlineData("count in (1，2)", 12, "',' and not its full-width form", "半角的“,”")]
    [InlineData("text eq ;", 9, "a name, a value, a bracket or the end", "名称、值、括号或结尾")]
    public void What_another_language_writes_is_answered_with_what_to_write_here(string filter, int at, string en, string zh)
    {
        var fault = Refused(filter);
        Assert.Equal((at, en, zh), (fault.At, fault.Expected.En, fault.Expected.Zh));
    }

    [Theory]
    [InlineData(40, "")]
    [InlineData(41, "…")]
    public void Long_text_is_repeated_in_part(int length, string more) =>
        Assert.EndsWith($"write '{new string('a', 40)}{more}'", Refused($"text eq \"{new string('a', length)}\"").Expected.En,
            StringComparison.Ordinal);

    /// <summary>Each token with its kind, its text and the place where it begins.</summary>
    [Theory]
    [InlineData("a_1 eq\t'x''y'", "", "Name a_1 1|Name eq 5|Literal x'y 8|End  14")]
    [InlineData("_(1,-2.5e+3)", "", "Name _ 1|Sign ( 2|Literal 1 3|Sign , 4|Literal -2.5e+3 5|Sign ) 12|End  13")]
    [InlineData("a/x:y", "", "Name a 1|Sign / 2|Name x 3|Sign : 4|Name y 5|End  6")]
    [InlineData("null true false nul", "", "Literal null 1|Literal true 6|Literal false 11|Name nul 17|End  20")]
    [InlineData("a-1", "-", "Name a 1|Literal -1 2|End  4")]
    [InlineData("a - b", "-", "Name a 1|Sign - 3|Name b 5|End  6")]
    [InlineData("a -", "-", "Name a 1|Sign - 3|End  4")]
    [InlineData("a;b", ";", "Name a 1|Sign ; 2|Name b 3|End  4")]
    [InlineData("''", "", "Literal  1|End  3")]
    [InlineData("''''", "", "Literal ' 1|End  5")]
    [InlineData(" \t", "", "End  3")]
    public void A_text_is_cut_where_its_tokens_end(string text, string more, string tokens)
    {
        var lexer = new FilterLexer(text, more);
        var told = new List<string>();
        Token token;
        do
        {
            token = lexer.Next();
            told.Add($"{token.Kind} {token.Text} {token.Position.At}");
        }
        while (token.Kind != TokenKind.End);
        Assert.Equal(tokens, string.Join('|', told));
        Assert.Equal(text.Length, lexer.End);
    }

    [Theory]
    [InlineData("2026-03-25T08:00Z", "2026-03-25T08:00:00.0000000Z")]
    [InlineData("2026-03-25T23:59:59Z", "2026-03-25T23:59:59.0000000Z")]
    [InlineData("2026-03-25T08:00:00+14:00", "2026-03-24T18:00:00.0000000Z")]
    [InlineData("2026-03-25T08:00:00-14:00", "2026-03-25T22:00:00.0000000Z")]
    [InlineData("2026-03-25T08:00:00-00:30", "2026-03-25T08:30:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T01:00:00+01:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00-01:00", "0001-01-01T01:00:00.0000000Z")]
    [InlineData("0001-01-01T00:30:00+01:00", null)]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59.9999999+00:01", "9999-12-31T23:58:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59-00:01", null)]
    [InlineData("2026-03-25T08:00:00.123456789012Z", "2026-03-25T08:00:00.1234567Z")]
    [InlineData("2026-03-25T08:00:00.1234567890123Z", null)]
    [InlineData("2026-03-25T08:00:00.Z", null)]
    [InlineData("2026-03-25T08:00:00.1", null)]
    [InlineData("2026-03-25T08:00:00", null)]
    [InlineData("2026-03-25T08:00:0Z", null)]
    [InlineData("2026-03-25T08:00:", null)]
    [InlineData("2026-03-25T08:00:60Z", null)]
    [InlineData("2026-03-25T08:60:00Z", null)]
    [InlineData("2026-03-25T24:00:00Z", null)]
    [InlineData("2026-03-25T0a:00:00Z", null)]
    [InlineData("2026-03-25Ta0:00:00Z", null)]
    [InlineData("2026-03-25T08-00:00Z", null)]
    [InlineData("2026-03-25 08:00:00Z", null)]
    [InlineData("2026-02-30T08:00:00Z", null)]
    [InlineData("2026-03-25T08:00:00+14:01", null)]
    [InlineData("2026-03-25T08:00:00+15:00", null)]
    [InlineData("2026-03-25T08:00:00+01:60", null)]
    [InlineData("2026-03-25T08:00:00+0100", null)]
    [InlineData("2026-03-25T08:00:00+01:000", null)]
    [InlineData("2026-03-25T08:00:00ZZ", null)]
    [InlineData("0001-01-01T14:00+14:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("9999-12-31T09:59:59.9999999-14:00", "9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-03-25T08:00", null)]
    [InlineData("2026-03-25", null)]
    [InlineData("", null)]
    public void An_instant_is_read_whole_or_not_at_all(string text, string? utc) =>
        Assert.Equal(utc, Instants.Parse(text)?.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-03-25T08:00:00Z", "2026-03-25T08:00:00.000Z")]
    [InlineData("2026-03-25T08:00:00.5Z", "2026-03-25T08:00:00.500Z")]
    [InlineData("2026-03-25T08:00:00.1234Z", "2026-03-25T08:00:00.1234Z")]
    [InlineData("2026-03-25T16:00:00.1234567+08:00", "2026-03-25T08:00:00.1234567Z")]
    public void An_instant_is_written_to_the_millisecond_and_beyond_as_far_as_it_goes(string text, string written) =>
        Assert.Equal(written, Instants.Format(Instants.Parse(text)!.Value.Value));

    private static QueryException Refused(string filter) =>
        Assert.Throws<QueryException>(() => NoteRecord.Type.Query(new("memos", filter, null, null, null)));
}
