using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Entries;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Tests.Unit.PowerBi.OData;

/// <summary>Rows that are made of the last ones and of what changed are those that would be made of all.</summary>
public sealed class EntryRowsTests
{
    private static readonly Field Stages = Relationship.Type.Members.Single(field => field.Name == "stages");

    [Fact]
    public void However_records_change_the_rows_are_those_of_the_records()
    {
        var random = new Random(7);
        var (rows, set) = (NewRows(), Relationship.Type.EmptySet);
        var held = new List<RecordSet>();
        for (var n = 0; n < 200; n++)
        {
            set = set.With([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(40)).Distinct()
                .Select(id => Of($"R{id}", n + 1, random.Next(4), random.Next(5) == 0))]);
            held.Add(set);
            // Now and then a request holds an older set.
            foreach (var asked in random.Next(10) == 0 ? [held[random.Next(held.Count)], set] : new[] { set })
                Assert.Equal(Live(NewRows().Of(asked)), Live(rows.Of(asked)));
        }
    }

    [Fact]
    public void Rows_of_records_that_did_not_change_are_not_made_again()
    {
        var (rows, set) = (NewRows(), Relationship.Type.EmptySet.With([Of("A", 1, 2), Of("B", 1, 2)]));
        var before = rows.Of(set);
        var after = rows.Of(set.With([Of("A", 2, 1)]));
        Assert.Same(before.Find("B:0002"), after.Find("B:0002"));
        Assert.NotSame(before.Find("A:0001"), after.Find("A:0001"));
        Assert.True(after.Find("A:0002")!.Deleted);
        Assert.Same(before, rows.Of(set));
    }

    private static EntryRows NewRows() =>
        new(Stages.Entries!, Stages.Entries!.Type("RelationshipStages", new("", ""), Relationship.Type, "relationshipId"));

    private static IEnumerable<string> Live(RecordSet rows) =>
        Enumerable.Range(0, rows.Count).Select(i => rows[i]).Where(row => !row.Deleted)
            .Select(row => $"{row.Id} {row.Version} {((EntryRow<StageEvent>)row).Item.Date}");

    private static Relationship Of(string id, long version, int stages, bool deleted = false)
    {
        var json = string.Join(',', Enumerable.Range(1, stages).Select(day => $$"""{"stage":"CONTACT","date":"2020-{{(version % 12) + 1:00}}-{{day:00}}"}"""));
        var record = (Relationship)Relationship.Type.FromColumns(
            new Dictionary<string, object> { ["HomeCityId"] = "CNTAO", ["HomeEntityLevel"] = "city", ["CityId"] = "X", ["Stages"] = $"[{json}]" });
        (record.Id, record.Version, record.Deleted) = (id, version, deleted);
        return record;
    }
}
