namespace FriendCity.Records.Persistence;

/// <summary>How long entries of the change feed are kept; who reads it further behind starts over.</summary>
internal sealed record ChangeRetention(TimeSpan Kept);
