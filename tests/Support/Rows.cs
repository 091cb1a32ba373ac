using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Support;

/// <summary>A registry in memory, written as rows: <c>new Rows().Add("cities", "A", "{…}").View</c>. Single quotes stand for double ones.</summary>
internal sealed class Rows
{
    private readonly Dictionary<string, List<Record>> _rows = [];

    public RegistrySnapshot Registry => RegistrySnapshot.Empty(RegistryTypes.All).With(_rows, DateTimeOffset.UnixEpoch);

    public Rows Add(string type, string id, string fields, long version = 1) =>
        Add(type, id, (JObject)Json.Parse(fields.Replace('\'', '"')), version);

    public Rows Add(string type, string id, JObject fields, long version = 1)
    {
        var validation = new ValidationContext();
        var record = RegistryTypes.All.Find(type)!.Read(fields, validation);
        Assert.Empty(validation.Violations);
        (record.Id, record.Version) = (id, version);
        if (!_rows.TryGetValue(type, out var rows))
            _rows[type] = rows = [];
        rows.Add(record);
        return this;
    }

    /// <summary>The sample.</summary>
    public static Rows OfSample()
    {
        var rows = new Rows();
        foreach (var path in Directory.EnumerateFiles(Sample.Folder, "*.json"))
            foreach (var json in ((JArray)Json.Parse(File.ReadAllText(path))).Cast<JObject>())
            {
                var id = (string)json["id"]!;
                json.Remove("id");
                rows.Add(Path.GetFileNameWithoutExtension(path), id, json);
            }

        return rows;
    }

    /// <summary>Two countries in a frozen scope S and a live one L, one city in each, the home city H.</summary>
    public static Rows TwoCountries() => new Rows()
        .Add("countries", "CN", "{'nameEn':'China','nameZh':'中国'}")
        .Add("countries", "AA",
            "{'nameEn':'A-land','nameZh':'甲国','scoStatus':[{'status':'observer','validFrom':'2010-01-01','validToExclusive':'2020-01-01'}]}")
        .Add("countries", "BB", "{'nameEn':'B-land','nameZh':'乙国','scoStatus':[{'status':'member','validFrom':'2015-01-01'}]}")
        .Add("scopes", "S", "{'nameEn':'S','nameZh':'S','kind':'list','countryIds':['AA','BB']}")
        .Add("scopes", "L", "{'nameEn':'L','nameZh':'L','kind':'status','statuses':['member','observer'],'exceptCountryIds':['CN']}")
        .Add("cities", "H", "{'countryId':'CN','entityLevel':'city','nameEn':'Home','nameZh':'本市'}")
        .Add("cities", "A1", "{'countryId':'AA','entityLevel':'city','nameEn':'A one','nameZh':'甲一'}")
        .Add("cities", "B1", "{'countryId':'BB','entityLevel':'city','nameEn':'B one','nameZh':'乙一'}");

    /// <summary>A tie of the home city, with stages written as <c>STAGE date[ source[ scenario]]</c>.</summary>
    public Rows Tie(string id, string city, string level = "city", string source = "office", params string[] stages)
    {
        var entries = stages.Select(stage => stage.Split(' ')).Select(part =>
            $"{{'stage':'{part[0]}','date':'{part[1]}','documentType':'agreement','reason':'r','source':'{part.ElementAtOrDefault(2) ?? "office"}','scenario':'{part.ElementAtOrDefault(3) ?? "OFFICE"}'}}");
        return Add("relationships", id,
            $"{{'homeCityId':'H','homeEntityLevel':'{level}','cityId':'{city}','source':'{source}','stages':[{string.Join(',', entries)}]}}");
    }
}
