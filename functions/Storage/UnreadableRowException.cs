namespace FriendCity.Storage;

/// <summary>What is stored of a record cannot be read: it is neither there nor missing.</summary>
internal sealed class UnreadableRowException(string type, string id) : Exception($"The stored row of {type}/{id} cannot be read.")
{
    public string Type => type;

    public string Id => id;
}
