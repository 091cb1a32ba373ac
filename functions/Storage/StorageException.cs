namespace FriendCity.Storage;

/// <summary>Storage could not be reached, or answered with a fault no caller can act on. After a write: the outcome is unknown.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
