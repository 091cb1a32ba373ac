using System.Text;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>What the blob port promises.</summary>
public abstract class BlobContract(Azurite azurite)
{
    private const string Text = "text/plain";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract IBlobStorage Open(string connectionString);

    /// <summary>Over pages of three blobs.</summary>
    private protected abstract IBlobStorage OpenWithShortPages(string connectionString);

    /// <summary>What an operator does in the portal; the product never breaks a lease.</summary>
    private protected abstract Task BreakLeaseAsync(string connectionString, BlobName blob);

    [Fact]
    public async Task A_blob_is_written_once()
    {
        var (blobs, blob) = await NewAsync();
        var written = Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "first", BlobCondition.Absent));
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "second", BlobCondition.Absent));
        await using var content = (await blobs.GetAsync(blob, null, Token))!;
        Assert.Equal(("first", written.ETag, Text, 5L, 5L),
            (await StringAsync(content), content.ETag, content.ContentType, content.Length, content.TotalLength));
    }

    [Fact]
    public async Task A_put_with_the_right_ETag_is_written_and_one_with_a_stale_ETag_refused()
    {
        var (blobs, blob) = await NewAsync();
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "none", new BlobCondition.Matches("\"0x8D0000000000000\"")));
        var first = Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "first"));
        var second = Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "second", new BlobCondition.Matches(first.ETag)));
        Assert.NotEqual(first.ETag, second.ETag);
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "third", new BlobCondition.Matches(first.ETag)));
        Assert.Equal("second", await ReadAsync(blobs, blob));
    }

    [Fact]
    public async Task A_leased_blob_is_written_by_its_holder_only()
    {
        var (blobs, blob) = await NewAsync();
        var etag = Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "first")).ETag;
        var lease = (await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token))!;
        Assert.NotNull(lease);
        Assert.Null(await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(60), Token));
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "no lease", new BlobCondition.Matches(etag)));
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "no lease"));
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "other", new BlobCondition.Matches(etag, Guid.NewGuid().ToString())));
        Assert.True(await blobs.RenewLeaseAsync(blob, lease, Token));
        Assert.False(await blobs.RenewLeaseAsync(blob, Guid.NewGuid().ToString(), Token));
        Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "holder", new BlobCondition.Matches(etag, lease)));
        await blobs.ReleaseLeaseAsync(blob, lease, Token);
        await blobs.ReleaseLeaseAsync(blob, lease, Token);
        Assert.False(await blobs.RenewLeaseAsync(blob, lease, Token));
        Assert.NotNull(await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token));
        Assert.Equal("holder", await ReadAsync(blobs, blob));
    }

    [Fact]
    public async Task A_broken_lease_publishes_nothing_more()
    {
        var (blobs, blob) = await NewAsync();
        var etag = Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "first")).ETag;
        var lease = (await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token))!;
        await BreakLeaseAsync(await azurite.ConnectionStringAsync(), blob);
        Assert.False(await blobs.RenewLeaseAsync(blob, lease, Token));
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "late", new BlobCondition.Matches(etag, lease)));
        var other = (await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token))!;
        Assert.IsType<BlobPut.Refused>(await PutAsync(blobs, blob, "late", new BlobCondition.Matches(etag, lease)));
        Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "next", new BlobCondition.Matches(etag, other)));
        await blobs.ReleaseLeaseAsync(blob, lease, Token);
        Assert.True(await blobs.RenewLeaseAsync(blob, other, Token));
    }

    [Fact]
    public async Task A_lease_whose_answer_was_lost_is_ours_all_the_same()
    {
        var (blobs, blob) = await NewAsync();
        await PutAsync(blobs, blob, "first");
        await using var proxy = await azurite.ProxyAsync();
        proxy.On(new Fault.DropAnswer(), "PUT", "comp=lease");
        var lease = await Open(proxy.ConnectionString).AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token);
        Assert.Equal(2, proxy.Requests.Count);
        Assert.NotNull(lease);
        Assert.True(await blobs.RenewLeaseAsync(blob, lease, Token));
    }

    [Fact]
    public async Task A_lease_needs_a_blob_and_a_duration_the_service_knows()
    {
        var (blobs, blob) = await NewAsync();
        Assert.Null(await blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), Token));
        Assert.False(await blobs.RenewLeaseAsync(blob, Guid.NewGuid().ToString(), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(14), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => blobs.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(61), Token));
    }

    [Fact]
    public async Task A_range_brings_its_bytes_and_the_length_of_the_whole()
    {
        var (blobs, blob) = await NewAsync();
        await PutAsync(blobs, blob, "0123456789");
        foreach (var (range, expected) in new[] { (new BlobRange(2, 3), "234"), (new BlobRange(7, null), "789"), (new BlobRange(8, 100), "89"),
            (new BlobRange(10, 1), "") })
        {
            await using var content = (await blobs.GetAsync(blob, range, Token))!;
            Assert.Equal((expected, (long)expected.Length, 10L, Text),
                (await StringAsync(content), content.Length, content.TotalLength, content.ContentType));
        }

        Assert.Null(await blobs.GetAsync(blob with { Path = "missing" }, new BlobRange(0, 1), Token));
    }

    [Fact]
    public async Task An_empty_blob_is_a_blob()
    {
        var (blobs, blob) = await NewAsync();
        Assert.IsType<BlobPut.Written>(await PutAsync(blobs, blob, "", BlobCondition.Absent));
        Assert.Equal("", await ReadAsync(blobs, blob));
        await using var content = (await blobs.GetAsync(blob, new BlobRange(0, 8), Token))!;
        Assert.Equal((0L, 0L), (content.Length, content.TotalLength));
    }

    [Fact]
    public async Task A_listing_has_every_name_under_the_prefix_in_order_over_many_pages()
    {
        var (_, blob) = await NewAsync();
        var blobs = OpenWithShortPages(await azurite.ConnectionStringAsync());
        string[] names = ["history/snapshot_date=2024-03-25/part-0.parquet", "snapshots/01/a.csv", "snapshots/01/b.csv", "snapshots/02/a.csv",
            "snapshots/1+1 (x)", "snapshots/Z", "snapshots/a", "snapshots/b"];
        names[4] = "snapshots/1+1(x)&y;=";
        foreach (var name in names.Reverse())
            await PutAsync(blobs, blob with { Path = name }, name);
        var items = await ListAsync(blobs, blob.Container, "snapshots/");
        Assert.Equal(names[1..].Order(StringComparer.Ordinal), items.Select(item => item.Name));
        Assert.Equal(names.Length, (await ListAsync(blobs, blob.Container, "")).Count);
        foreach (var item in items)
        {
            await using var content = (await blobs.GetAsync(blob with { Path = item.Name }, null, Token))!;
            Assert.Equal((item.Name, item.ETag, item.Length), (await StringAsync(content), content.ETag, content.Length));
        }

        Assert.All(items, item => Assert.InRange(item.LastModified, DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_missing_container_lists_nothing_and_holds_nothing()
    {
        var blobs = Open(await azurite.ConnectionStringAsync());
        var blob = new BlobName(Scratch.Container(), "current.json");
        Assert.Empty(await ListAsync(blobs, blob.Container, ""));
        Assert.Null(await blobs.GetAsync(blob, null, Token));
        Assert.False(await blobs.DeleteAsync(blob, Token));
        await Assert.ThrowsAsync<StorageException>(() => PutAsync(blobs, blob, "x"));
    }

    [Fact]
    public async Task A_deletion_says_whether_there_was_something()
    {
        var (blobs, blob) = await NewAsync();
        await PutAsync(blobs, blob, "x");
        Assert.True(await blobs.DeleteAsync(blob, Token));
        Assert.False(await blobs.DeleteAsync(blob, Token));
        Assert.Null(await blobs.GetAsync(blob, null, Token));
    }

    [Fact]
    public async Task Metadata_travels_with_the_blob()
    {
        var (blobs, blob) = await NewAsync();
        var metadata = new Dictionary<string, string> { ["snapshotid"] = "01HSNAP", ["sha256"] = "a b=c" };
        await blobs.PutAsync(blob, Stream("x"), Text, BlobCondition.Always, Token, metadata);
        await using var content = (await blobs.GetAsync(blob, null, Token))!;
        Assert.Equal(metadata, content.Metadata);
        metadata["bad"] = "a\r\nx-ms-meta-c: d";
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.PutAsync(blob, Stream("x"), Text, BlobCondition.Always, Token, metadata));
    }

    [Fact]
    public async Task Five_megabytes_come_back_byte_for_byte_and_the_callers_stream_stays_open()
    {
        var (blobs, blob) = await NewAsync();
        var bytes = new byte[5 * 1024 * 1024];
        new Random(7).NextBytes(bytes);
        using var body = new MemoryStream(bytes);
        body.Position = 100;
        await using var proxy = await azurite.ProxyAsync();
        proxy.On(new Fault.DropAnswer(), "PUT");
        // The second try overwrites what the first has written: the stream is read from its start again.
        Assert.IsType<BlobPut.Written>(await Open(proxy.ConnectionString)
            .PutAsync(blob, body, "application/octet-stream", BlobCondition.Always, Token));
        Assert.True(body.CanRead);
        await using var content = (await blobs.GetAsync(blob, null, Token))!;
        var read = new MemoryStream();
        await content.Content.CopyToAsync(read, Token);
        Assert.True(bytes.AsSpan().SequenceEqual(read.ToArray()));
    }

    [Fact]
    public async Task A_blob_that_breaks_off_is_a_StorageException()
    {
        var (blobs, blob) = await NewAsync();
        await PutAsync(blobs, blob, new string('x', 100_000));
        await using var proxy = await azurite.ProxyAsync();
        // Always: a client may ask for the rest a few times.
        proxy.On(new Fault.HalfBody(), "GET", times: int.MaxValue);
        await using var content = (await Open(proxy.ConnectionString).GetAsync(blob, null, Token))!;
        await Assert.ThrowsAsync<StorageException>(() => StringAsync(content));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a/../b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a%2fb")]
    [InlineData("青岛.json")]
    public async Task A_name_that_is_not_a_plain_ASCII_path_is_refused_before_anything_is_sent(string path)
    {
        await using var proxy = await azurite.ProxyAsync();
        var blobs = Open(proxy.ConnectionString);
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.GetAsync(new BlobName("snapshots", path), null, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => blobs.EnsureContainerAsync("Not a container", Token));
        Assert.Empty(proxy.Requests);
    }

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Task<BlobPut> PutAsync(IBlobStorage blobs, BlobName blob, string text, BlobCondition? condition = null) =>
        blobs.PutAsync(blob, Stream(text), Text, condition ?? BlobCondition.Always, Token);

    private static async Task<string> ReadAsync(IBlobStorage blobs, BlobName blob)
    {
        await using var content = (await blobs.GetAsync(blob, null, Token))!;
        return await StringAsync(content);
    }

    private static async Task<string> StringAsync(BlobContent content)
    {
        using var reader = new StreamReader(content.Content, leaveOpen: true);
        return await reader.ReadToEndAsync(Token);
    }

    private static async Task<List<BlobItem>> ListAsync(IBlobStorage blobs, string container, string prefix)
    {
        var items = new List<BlobItem>();
        await foreach (var item in blobs.ListAsync(container, prefix, Token))
            items.Add(item);
        return items;
    }

    private async Task<(IBlobStorage Blobs, BlobName Blob)> NewAsync()
    {
        var blobs = Open(await azurite.ConnectionStringAsync());
        var container = Scratch.Container();
        await blobs.EnsureContainerAsync(container, Token);
        await blobs.EnsureContainerAsync(container, Token);
        return (blobs, new BlobName(container, "folder/current.json"));
    }
}
