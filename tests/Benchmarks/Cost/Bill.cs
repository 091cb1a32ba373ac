namespace FriendCity.Benchmarks.Cost;

/// <summary>Requests to storage by what they are billed as. Tables have one price; blobs have four, and deleting is free.</summary>
internal sealed record Bill(int Tables, int BlobWrites, int BlobLists, int BlobReads, int BlobOthers)
{
    public static Bill None { get; } = new(0, 0, 0, 0, 0);

    public static Bill operator +(Bill left, Bill right) => new(
        left.Tables + right.Tables, left.BlobWrites + right.BlobWrites, left.BlobLists + right.BlobLists, left.BlobReads + right.BlobReads,
        left.BlobOthers + right.BlobOthers);

    public int Sum => Tables + BlobWrites + BlobLists + BlobReads + BlobOthers;
}

/// <param name="What">As it stands in docs/cost.md.</param>
internal sealed record Priced(string What, Bill Bill);
