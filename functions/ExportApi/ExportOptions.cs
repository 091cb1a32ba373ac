namespace FriendCity.ExportApi;

/// <param name="Kept">For how long the file of an export can be fetched.</param>
internal sealed record ExportOptions(TimeSpan Kept)
{
    public static ExportOptions Default { get; } = new(TimeSpan.FromHours(24));
}
