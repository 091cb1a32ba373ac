namespace FriendCity.Storage.Tables;

/// <summary>An operation breaks a limit of the service; nothing was sent.</summary>
internal sealed class TableOperationException(int index, string fault) : ArgumentException($"Operation {index}: {fault}.")
{
    /// <summary>Which operation of the transaction, from 0.</summary>
    public int Index { get; } = index;
}
