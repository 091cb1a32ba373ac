using System.Security.Cryptography;
using System.Text;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Contracts;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Storage;

public sealed class SharedAccessSignatureTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_shared_access_signature_opens_tables_and_blobs_as_far_as_it_allows()
    {
        var connection = await azurite.ConnectionStringAsync();
        var (table, container) = (Scratch.Table(), Scratch.Container());
        var all = WithSignature(connection, "rwdlacu");
        await StorageClients.Tables(all).EnsureTableAsync(table, Token);
        var row = TableOperation.Insert(new TableRow("p", "青 'r'", new Dictionary<string, object>()));
        Assert.IsType<TableSubmit.Committed>(await StorageClients.Tables(all).SubmitAsync(table, [row], Token));
        Assert.NotNull(await StorageClients.Tables(all).GetAsync(table, "p", "青 'r'", Token));
        await StorageClients.Blobs(all).EnsureContainerAsync(container, Token);
        Assert.IsType<BlobPut.Written>(await PutAsync(all));

        var reading = WithSignature(connection, "rl");
        Assert.NotNull(await StorageClients.Blobs(reading).GetAsync(new BlobName(container, "a"), null, Token));
        var refusal = await Assert.ThrowsAsync<StorageException>(() => PutAsync(reading));
        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", refusal.ToString(), StringComparison.Ordinal);

        Task<BlobPut> PutAsync(string opened) =>
            StorageClients.Blobs(opened).PutAsync(new BlobName(container, "a"), new MemoryStream([1]), "text/plain", BlobCondition.Always, Token);
    }

    // https://learn.microsoft.com/rest/api/storageservices/create-account-sas
    private static string WithSignature(string connection, string permissions)
    {
        var account = StorageAccount.Parse(connection);
        var key = Assert.IsType<StorageAccess.SharedKey>(account.Access);
        const string Expiry = "2099-01-01T00:00:00Z", Version = "2020-10-02";
        var text = string.Join('\n', key.Account, permissions, "bt", "sco", "", Expiry, "", "", Version, "");
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key.Key, Encoding.UTF8.GetBytes(text)));
        return $"TableEndpoint={account.Tables};BlobEndpoint={account.Blobs};"
            + $"SharedAccessSignature=sv={Version}&ss=bt&srt=sco&sp={permissions}&se={Uri.EscapeDataString(Expiry)}&sig={Uri.EscapeDataString(signature)}";
    }
}
