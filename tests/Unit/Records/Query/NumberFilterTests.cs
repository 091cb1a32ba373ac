using System.Globalization;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>
/// A number in a filter is compared to its last digit, whatever the field's type (OData URL Conventions 4.01 §5.1.1.12.1, numeric promotion).
/// </summary>
public sealed class NumberFilterTests
{
    private static readonly (long? Count, double? Share)[] Values = [(null, null), (-2, 0), (1, 0.1), (2, 0.5), (3, 0.3), (9007199254740993, 1),
        (long.MaxValue, 5e-324)];

    /// <summary>The field, an operator and a literal; the memos that match, by place.</summary>
    [Theory]
    [InlineData("count eq 1.0", "2")]
    [InlineData("count eq 1e0", "2")]
    [InlineData("count eq 10e-1", "2")]
    [InlineData("count eq 1.5", "")]
    [InlineData("count ne 1.5", "0123456")]
    [InlineData("count gt 1.5", "3456")]
    [InlineData("count ge 1.5", "3456")]
    [InlineData("count lt 1.5", "12")]
    [InlineData("count le 1.5", "12")]
    [InlineData("count gt -2.5 and count lt 0", "1")]
    [InlineData("count lt -1.5", "1")]
    [InlineData("count gt -1.5", "23456")]
    [InlineData("count eq 9007199254740992", "")]
    [InlineData("count eq 9007199254740993", "5")]
    [InlineData("count eq 9007199254740993.0000001", "")]
    [InlineData("count eq 9223372036854775807", "6")]
    [InlineData("count eq 9223372036854775808", "")]
    [InlineData("count lt 9223372036854775808", "123456")]
    [InlineData("count ge 99999999999999999999999", "")]
    [InlineData("count gt -1e400", "123456")]
    [InlineData("count eq 1e-400", "")]
    [InlineData("share eq 0.1", "2")]
    [InlineData("share eq 0.10", "2")]
    [InlineData("share eq 1e-1", "2")]
    [InlineData("share eq 0.10000000000000001", "2")] // the same double with the 17 digits of C's %.17g
    [InlineData("share eq 0.10000000000000000000001", "")]
    [InlineData("share eq 0.30000000000000004", "")]
    [InlineData("share eq 0.299999999999999988897769753748", "")]
    [InlineData("share lt 0.30000000000000000000001 and share gt 0.2", "4")]
    [InlineData("share eq 5e-324", "6")]
    [InlineData("share eq 1e-400", "")]
    [InlineData("share gt 1e-400", "23456")]
    [InlineData("share eq -0.0", "1")]
    [InlineData("share lt 1e999", "123456")]
    [InlineData("share in (0.1,0.5000000000000000000001,null)", "02")]
    [InlineData("count in (1.5,2.0,3e0,9223372036854775808)", "34")]
    [InlineData("not (count in (1.5))", "0123456")]
    public void A_literal_matches_what_is_equal_to_it_and_no_neighbour(string filter, string places)
    {
        var set = NoteRecord.Type.EmptySet.With([.. Values.Select((value, i) => Make(i, value.Count, value.Share))]);
        Assert.Equal(places, string.Concat(NoteRecord.Type.Query(new("memos", filter, null, null, null))
            .Run(set, null, 100, false)!.Records.Select(memo => memo.Id[1..])));
    }

    [Theory]
    [InlineData("plannedValue eq 0.3", true)]
    [InlineData("plannedValue eq 3e-1", true)]
    [InlineData("plannedValue eq 0.300000", true)]
    [InlineData("plannedValue eq 0.30000000000000000000000000000000000001", false)]
    [InlineData("plannedValue lt 0.30000000000000000000000000000000000001", true)]
    [InlineData("plannedValue gt 0.29999999999999999999999999999999999999", true)]
    [InlineData("plannedValue ge 0.30000000000000000000000000000000000001", false)]
    [InlineData("plannedValue lt 1e40", true)]
    [InlineData("plannedValue gt -1e40", true)]
    public void A_decimal_is_compared_to_its_last_digit(string filter, bool matches)
    {
        var project = Project.Type.Read((Newtonsoft.Json.Linq.JObject)Json.Parse("""{"plannedValue":0.3}"""), new ValidationContext());
        (project.Id, project.Version) = ("P", 1);
        var set = Project.Type.EmptySet.With([project]);
        Assert.Equal(matches, Project.Type.Query(new("projects", filter, null, null, null)).Run(set, null, 1, false)!.Records.Count == 1);
    }

    /// <summary>Every literal of chance against every value of chance, by .NET's own exact arithmetic of decimals.</summary>
    [Fact]
    public void Literals_of_chance_are_compared_as_exact_arithmetic_compares_them()
    {
        var random = new Random(31);
        for (var i = 0; i < 3_000; i++)
        {
            var (count, literal) = (random.Next(-30, 30), new decimal(random.Next(-300, 300), 0, 0, false, 1));
            var value = random.Next(3) switch
            {
                0 => literal,
                1 => decimal.Floor(literal),
                _ => literal + new decimal(random.Next(), random.Next(), random.Next(), random.Next(2) == 0, 28)
            };
            var set = NoteRecord.Type.EmptySet.With([Make(0, count, null)]);
            foreach (var (name, holds) in new (string, bool)[] { ("eq", count == value), ("ne", count != value), ("gt", count > value),
                ("ge", count >= value), ("lt", count < value), ("le", count <= value) })
                Assert.True(holds == (NoteRecord.Type.Query(
                    new("memos", string.Create(CultureInfo.InvariantCulture, $"count {name} {value}"), null, null, null))
                    .Run(set, null, 1, false)!.Records.Count == 1),
                    string.Create(CultureInfo.InvariantCulture, $"{count} {name} {value}"));
        }
    }

    private static NoteRecord Make(int place, long? count, double? share) => NoteRecord.Of($"m{place}", count, share);
}
