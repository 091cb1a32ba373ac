namespace FriendCity.RecordsApi;

/// <summary>What stands below a record's address, and which methods each part takes.</summary>
internal static class RecordParts
{
    public const string History = "history";
    public const string Attachments = "attachments";
    public const string Restore = "restore";

    /// <param name="item">One file of the attachments, and not the part as a whole.</param>
    public static bool Takes(string part, string method, bool item) => (part, item, method) switch
    {
        (History or Attachments, false, "GET" or "HEAD") => true,
        (Restore, false, "POST") => true,
        (Attachments, true, "GET" or "HEAD" or "PUT" or "DELETE") => true,
        _ => false,
    };
}
