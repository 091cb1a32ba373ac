namespace FriendCity.Storage.Tables;

internal static class TableRefusals
{
    /// <summary>Why the service refused an operation; null when it is a fault that no caller can act on.</summary>
    public static TableRefusal? Reason(int status, string? code) => (status, code) switch
    {
        (409, "EntityAlreadyExists") => TableRefusal.Exists,
        (412, _) => TableRefusal.Stale,
        (404, "ResourceNotFound" or "EntityNotFound") => TableRefusal.Missing,
        _ => null,
    };
}
