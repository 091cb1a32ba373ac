using System.Globalization;
using System.Runtime.CompilerServices;
using FriendCity.Storage.Tables;

namespace FriendCity.Tests.Unit.Storage;

public sealed class TableFilterTests
{
    public static TheoryData<string> Cultures => ["", "de-DE", "zh-CN", "ar-SA", "tr-TR"];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void A_literal_is_the_same_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        var instant = new DateTimeOffset(2024, 3, 25, 8, 30, 15, TimeSpan.FromHours(8)).AddTicks(1234567);
        (FormattableString Filter, string Golden)[] cases =
        [
            ($"Name eq {"so'meS'tri'ng"}", "Name eq 'so''meS''tri''ng'"),
            ($"Name eq {"partition'key''with'''quotes'"}", "Name eq 'partition''key''''with''''''quotes'''"),
            ($"Name eq {"' or '1' eq '1"}", "Name eq ''' or ''1'' eq ''1'"),
            ($"Name eq {"{0} 青岛"}", "Name eq '{0} 青岛'"),
            ($"N eq {-1234567890123L}", "N eq -1234567890123L"),
            ($"N eq {-42}", "N eq -42"),
            ($"N eq {1234.5}", "N eq 1234.5"),
            ($"N eq {5.0}", "N eq 5.0"),
            ($"N eq {-1.5e-7}", "N eq -1.5E-07"),
            ($"N ge {10.10}", "N ge 10.1"),
            ($"N lt {double.MaxValue}", "N lt 1.7976931348623157E+308"),
            ($"N gt {1e15}", "N gt 1000000000000000.0"),
            ($"N gt {1e300}", "N gt 1E+300"),
            ($"N ge {long.MaxValue}", "N ge 9223372036854775807L"),
            ($"N ge {long.MinValue}", "N ge -9223372036854775808L"),
            ($"N le {1234567}", "N le 1234567"),
            ($"B eq {true} or B eq {false}", "B eq true or B eq false"),
            ($"T ge {instant}", "T ge datetime'2024-03-25T00:30:15.1234567Z'"),
            ($"T lt {new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero)}", "T lt datetime'1601-01-01T00:00:00.0000000Z'"),
            ($"T lt {DateTimeOffset.MaxValue}", "T lt datetime'9999-12-31T23:59:59.9999999Z'"),
            ($"G eq {Guid.Parse("0F8FAD5B-D9CB-469F-A165-70867728950E")}", "G eq guid'0f8fad5b-d9cb-469f-a165-70867728950e'"),
            ($"X eq {new byte[] { 0x0A, 0xFF, 0x01 }}", "X eq X'0AFF01'"),
            ($"X eq {Array.Empty<byte>()}", "X eq X''"),
            ($"X eq {new byte[] { 0x01, 0x02, 0x03, 0x04 }}", "X eq X'01020304'"),
            ($"A eq {"a"} and {TableFilter.Create($"B eq {"b'"}")}", "A eq 'a' and (B eq 'b''')"),
        ];
        foreach (var (filter, golden) in cases)
            Assert.Equal(golden, TableFilter.Create(filter).Text);
    }

    [Fact]
    public void Comparisons_and_brackets_stay_as_they_are_written()
    {
        foreach (var op in new[] { "eq", "ne", "gt", "ge", "lt", "le" })
            Assert.Equal($"PartitionKey eq 'p' and RowKey {op} 'r'",
                TableFilter.Create(FormattableStringFactory.Create("PartitionKey eq {0} and RowKey " + op + " {1}", "p", "r")).Text);
        var (text, number) = (TableFilter.Create($"A ge {"x"}"), TableFilter.Create($"N ge {5L} or not (N eq {7})"));
        Assert.Equal("((A ge 'x') and (N ge 5L or not (N eq 7))) or B eq true",
            TableFilter.Create($"{TableFilter.Create($"{text} and {number}")} or B eq {true}").Text);
    }

    [Fact]
    public void What_has_no_literal_is_refused()
    {
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {null}"));
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {double.NaN}"));
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {7m}"));
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {new object()}"));
        // No offset, so no instant.
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {DateTimeOffset.UnixEpoch.DateTime}"));
        Assert.Throws<ArgumentException>(() => TableFilter.Create($"A eq {double.NegativeInfinity}"));
    }

    [Fact]
    public void Ten_thousand_random_texts_stay_within_their_quotes()
    {
        const string Alphabet = "ab'' \"%27’()=,\0\n\\/-# or青🤝";
        var random = new Random(7);
        for (var i = 0; i < 10_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var literal = TableFilter.Create($"{text}").Text;
            // Read as the service reads: a pair of apostrophes is one, a lone one ends the text.
            Assert.Equal('\'', literal[0]);
            Assert.Equal('\'', literal[^1]);
            var inner = literal[1..^1];
            Assert.DoesNotContain("'", inner.Replace("''", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.Equal(text, inner.Replace("''", "'", StringComparison.Ordinal));
        }
    }
}
