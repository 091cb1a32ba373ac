namespace FriendCity.Storage.Tables;

/// <summary>The service's limits on one transaction, as documented; the emulator does not enforce all of them.</summary>
internal static class TableLimits
{
    public const int Operations = 100;
    public const int TransactionBytes = 4 * 1024 * 1024;
    public const int RowBytes = 1024 * 1024;
    public const int TextCharacters = 32 * 1024;
    public const int Columns = 252;
}
