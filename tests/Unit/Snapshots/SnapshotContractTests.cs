using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Snapshots;

/// <summary>
/// The contract with readers, as it is committed in docs/contract. When a column is added, run this test with FRIENDCITY_CONTRACT=write
/// and commit what it writes; it writes nothing that would break a reader.
/// </summary>
public sealed class SnapshotContractTests
{
    public static TheoryData<int> Majors => [.. SnapshotMajors.All];

    [Theory, MemberData(nameof(Majors))]
    public void Within_a_major_version_columns_are_only_appended_and_the_committed_contract_is_what_the_tables_say(int major)
    {
        var folder = Repository.At("docs", "contract", $"{major}");
        var (schema, dictionary) = (Path.Combine(folder, SnapshotContract.SchemaFile), Path.Combine(folder, SnapshotContract.DictionaryFile));
        var now = Parse(SnapshotContract.Schema(major));
        Assert.Empty(File.Exists(schema) ? Breaches(Parse(File.ReadAllBytes(schema)), now) : []);
        if (Environment.GetEnvironmentVariable("FRIENDCITY_CONTRACT") == "write")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(schema, SnapshotContract.Schema(major));
            File.WriteAllBytes(dictionary, SnapshotContract.DictionaryCsv(major));
        }

        Assert.Equal(File.ReadAllBytes(schema), SnapshotContract.Schema(major));
        Assert.Equal(File.ReadAllBytes(dictionary), SnapshotContract.DictionaryCsv(major));
    }

    [Fact]
    public void What_would_break_a_reader_is_noticed()
    {
        var before = Parse(SnapshotContract.Schema(SnapshotMajors.First));
        Assert.Equal(["dim_city: column 2 was country_id text"], Changed(before, columns => columns[1].Remove()));
        Assert.Equal(["dim_city: column 1 was city_id text", "dim_city: column 2 was country_id text"],
            Changed(before, columns => columns.Insert(0, columns[1].DeepClone())).Take(2));
        Assert.Equal(["dim_city: column 8 was latitude number"], Changed(before, columns => columns[7]["type"] = "text"));
        Assert.Equal(["dim_city: column 1, city_id, may be null now"], Changed(before, columns => columns[0]["nullable"] = true));
        Assert.Equal(["dim_city: the new column new may not be null in older files"],
            Changed(before, columns => columns.Add(Column("new", nullable: false))));
        Assert.Empty(Changed(before, columns => columns.Add(Column("new", nullable: true))));
        var without = (JObject)before.DeepClone();
        ((JObject)without["tables"]!).Remove("dim_city");
        Assert.Equal(["dim_city is gone"], Breaches(before, without));
    }

    private static JObject Column(string name, bool nullable) => new() { ["name"] = name, ["type"] = "text", ["nullable"] = nullable };

    private static JObject Parse(byte[] json) => (JObject)Json.Parse(System.Text.Encoding.UTF8.GetString(json));

    private static IEnumerable<string> Changed(JObject before, Action<JArray> change)
    {
        var now = (JObject)before.DeepClone();
        change((JArray)now["tables"]!["dim_city"]!["columns"]!);
        var breaches = Breaches(before, now).ToList();
        // A column that goes shifts all behind it; the first says it.
        return breaches.Count > 3 ? breaches.Take(now["tables"]!["dim_city"]!["columns"]!.Count() < before["tables"]!["dim_city"]!["columns"]!.Count()
            ? 1 : 2) : breaches;
    }

    private static IEnumerable<string> Breaches(JObject before, JObject now)
    {
        foreach (var (table, definition) in (JObject)before["tables"]!)
        {
            if (now["tables"]![table] is not { } after)
            {
                yield return $"{table} is gone";
                continue;
            }

            if (!JToken.DeepEquals(definition!["key"], after["key"]))
                yield return $"{table} has another key";
            var (old, columns) = ((JArray)definition["columns"]!, (JArray)after["columns"]!);
            for (var i = 0; i < old.Count; i++)
            {
                if (i >= columns.Count || (string?)columns[i]["name"] != (string?)old[i]["name"]
                    || (string?)columns[i]["type"] != (string?)old[i]["type"])
                    yield return $"{table}: column {i + 1} was {old[i]["name"]} {old[i]["type"]}";
                else if ((bool)columns[i]["nullable"]! && !(bool)old[i]["nullable"]!)
                    yield return $"{table}: column {i + 1}, {old[i]["name"]}, may be null now";
            }

            foreach (var column in columns.Skip(old.Count).Where(column => !(bool)column["nullable"]!))
                yield return $"{table}: the new column {column["name"]} may not be null in older files";
        }
    }
}
