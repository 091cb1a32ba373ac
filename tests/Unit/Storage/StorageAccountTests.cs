using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Unit.Storage;

public sealed class StorageAccountTests
{
    private const string Secret = "c2VjcmV0IGtleQ==";

    [Fact]
    public void The_development_account_is_the_emulator_on_its_usual_ports()
    {
        var account = StorageAccount.Parse("UseDevelopmentStorage=true");
        Assert.Equal("http://127.0.0.1:10002/devstoreaccount1", account.Tables.AbsoluteUri);
        Assert.Equal("http://127.0.0.1:10000/devstoreaccount1", account.Blobs.AbsoluteUri);
        Assert.Equal("devstoreaccount1", Assert.IsType<StorageAccess.SharedKey>(account.Access).Account);
    }

    [Theory]
    [InlineData($"DefaultEndpointsProtocol=https;AccountName=qd;AccountKey={Secret}", "https://qd.table.core.windows.net/",
        "https://qd.blob.core.windows.net/")]
    [InlineData($"accountname=qd ; ACCOUNTKEY={Secret};EndpointSuffix=core.chinacloudapi.cn;", "https://qd.table.core.chinacloudapi.cn/",
        "https://qd.blob.core.chinacloudapi.cn/")]
    [InlineData($"AccountName=qd;AccountKey={Secret};TableEndpoint=http://127.0.0.1:5/qd/;BlobEndpoint=http://127.0.0.1:6/qd;QueueEndpoint=http://x",
        "http://127.0.0.1:5/qd", "http://127.0.0.1:6/qd")]
    public void An_account_key_comes_with_the_endpoints_it_names_or_implies(string text, string tables, string blobs)
    {
        var account = StorageAccount.Parse(text);
        Assert.Equal((tables, blobs), (account.Tables.AbsoluteUri, account.Blobs.AbsoluteUri));
        var access = Assert.IsType<StorageAccess.SharedKey>(account.Access);
        Assert.Equal("qd", access.Account);
        Assert.Equal(Convert.FromBase64String(Secret), access.Key);
    }

    [Theory]
    [InlineData("AccountName=qd;SharedAccessSignature=?sv=2020&sig=a%3D=")]
    [InlineData("TableEndpoint=https://qd.table.core.windows.net/;BlobEndpoint=https://qd.blob.core.windows.net/;SharedAccessSignature=sv=2020&sig=a%3D=")]
    public void A_shared_access_signature_is_kept_as_it_is(string text)
    {
        var account = StorageAccount.Parse(text);
        Assert.Equal("sv=2020&sig=a%3D=", Assert.IsType<StorageAccess.Signature>(account.Access).Query);
        Assert.Equal("https://qd.table.core.windows.net/", account.Tables.AbsoluteUri);
    }

    [Theory]
    [InlineData("")]
    [InlineData(";;")]
    [InlineData(Secret)]
    [InlineData($"AccountName=qd;{Secret}")]
    [InlineData("UseDevelopmentStorage=maybe")]
    [InlineData($"AccountKey={Secret}")]
    [InlineData($"AccountKey={Secret};TableEndpoint=http://a;BlobEndpoint=http://b")]
    [InlineData($"AccountName=qd;AccountKey={Secret}!")]
    [InlineData("AccountName=qd;AccountKey=")]
    [InlineData("AccountName=qd")]
    [InlineData($"AccountName=qd;AccountKey={Secret};AccountKey={Secret}")]
    [InlineData($"AccountName=q d/;AccountKey={Secret}")]
    [InlineData($"AccountName=qd;AccountKey={Secret};TableEndpoint=ftp://a")]
    [InlineData($"AccountName=qd;AccountKey={Secret};BlobEndpoint=https://a?sig={Secret}")]
    [InlineData($"AccountName=qd;AccountKey={Secret};DefaultEndpointsProtocol={Secret}")]
    public void A_malformed_text_is_explained_without_its_secret(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => StorageAccount.Parse(text));
        Assert.StartsWith("The storage connection string ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage:accountName")]
    [InlineData("AzureWebJobsStorage__accountName")]
    public void An_account_name_means_a_managed_identity(string setting)
    {
        var account = StorageExtensions.Account(Configuration((setting, "qd")));
        Assert.IsType<StorageAccess.Identity>(account.Access);
        Assert.Equal(("https://qd.table.core.windows.net/", "https://qd.blob.core.windows.net/"),
            (account.Tables.AbsoluteUri, account.Blobs.AbsoluteUri));
    }

    [Fact]
    public void Service_addresses_mean_a_managed_identity()
    {
        var account = StorageExtensions.Account(Configuration(
            ("AzureWebJobsStorage__tableServiceUri", "https://qd.table.core.chinacloudapi.cn"),
            ("AzureWebJobsStorage__blobServiceUri", "https://qd.blob.core.chinacloudapi.cn/"),
            ("AzureWebJobsStorage__clientId", "b7e1a1de-0000-4000-8000-000000000000")));
        Assert.IsType<StorageAccess.Identity>(account.Access);
        Assert.Equal("https://qd.table.core.chinacloudapi.cn/", account.Tables.AbsoluteUri);
    }

    [Fact]
    public void A_missing_or_unsafe_setting_is_explained()
    {
        var missing = Assert.Throws<FormatException>(() => StorageExtensions.Account(Configuration()));
        Assert.Contains("AzureWebJobsStorage__accountName", missing.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => StorageExtensions.Account(Configuration(("AzureWebJobsStorage__accountName", "q/d?"))));
        Assert.Throws<FormatException>(() => StorageExtensions.Account(Configuration(
            ("AzureWebJobsStorage__tableServiceUri", "http://qd.table.core.windows.net"), ("AzureWebJobsStorage__blobServiceUri", "https://b"))));
    }

    [Fact]
    public void Storage_is_registered_over_the_connection_string()
    {
        using var services = new ServiceCollection().AddStorage(Configuration(("AzureWebJobsStorage", "UseDevelopmentStorage=true")))
            .BuildServiceProvider();
        Assert.NotNull(services.GetRequiredService<ITableStorage>());
        Assert.NotNull(services.GetRequiredService<IBlobStorage>());
        Assert.Null(services.GetRequiredService<StorageClock>().Now);
    }

    private static IConfiguration Configuration(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value))).Build();
}
