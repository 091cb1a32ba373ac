using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>The difference of two states of a record, sent as a merge patch (RFC 7396), makes the one of the other, for every type.</summary>
public sealed class MergePatchDifferenceTests(Azurite azurite)
{
    private static readonly string[] Own = ["attachments", "version", "changedAt", "actor"];

    [Fact]
    public async Task A_difference_leads_back_and_forth_between_two_states()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var compared = 0;
        foreach (var type in RegistryTypes.All.All)
            foreach (var record in (await app.GetAsync($"/api/v1/{type.Name}?$top=1"))["value"]!.Cast<JObject>())
            {
                var (path, before) = ($"/api/v1/{type.Name}/{record["id"]}", Fields(record));
                foreach (var field in type.Members)
                    if (Other(field.Domain) is { } value)
                        await app.CallAsync("PATCH", path, new JObject { [field.Name] = value }, "*", ApiClient.MergePatch);
                var after = Fields(await app.GetAsync(path));
                if (JToken.DeepEquals(before, after))
                    continue;
                foreach (var (from, to) in new[] { (after, before), (before, after) })
                {
                    var reply = (await app.CallAsync("PATCH", path, Difference(from, to), "*", ApiClient.MergePatch)).Is(200);
                    Assert.Equal(to.ToString(), Fields(reply.Json).ToString());
                }

                compared++;
            }

        Assert.InRange(compared, 15, 100);
    }

    /// <summary>A value of another kind than the sample has, with what is easily spoilt on the way; many are refused by their rules.</summary>
    private static JToken? Other(ValueDomain domain) => domain switch
    {
        ValueDomain.Text => "Циндао \"🏙\"\n第二行",
        ValueDomain.List { Item: ValueDomain.Text } => new JArray("=1+1", "青岛"),
        ValueDomain.Money => new Newtonsoft.Json.Linq.JRaw("123456789012.123456"),
        _ => null,
    };

    private static JObject Fields(JObject record)
    {
        var fields = (JObject)record.DeepClone();
        foreach (var name in Own)
            fields.Remove(name);
        return fields;
    }

    /// <summary>The patch of one state that makes the other: what differs, objects member by member, and null for what is gone.</summary>
    private static JObject Difference(JObject from, JObject to)
    {
        var patch = new JObject();
        foreach (var gone in from.Properties().Where(each => !to.ContainsKey(each.Name)))
            patch[gone.Name] = JValue.CreateNull();
        foreach (var member in to.Properties().Where(each => !JToken.DeepEquals(from[each.Name], each.Value)))
            patch[member.Name] = from[member.Name] is JObject old && member.Value is JObject next ? Difference(old, next) : member.Value.DeepClone();
        return patch;
    }
}
