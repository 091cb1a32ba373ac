using FriendCity.Tests.Support;

namespace FriendCity.Tests.Http;

public sealed class RecordReadTests(Azurite azurite)
{
    [Fact]
    public async Task A_city_of_the_sample_keeps_its_id()
    {
        var office = await azurite.SampleOfficeAsync();
        var city = await office.GetAsync("/api/v1/cities/RULED");
        Assert.Equal("圣彼得堡", (string?)city["nameZh"]);
    }
}
