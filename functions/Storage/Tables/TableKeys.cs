namespace FriendCity.Storage.Tables;

/// <summary>
/// What the service accepts as a partition or row key, and as the name of a table. The emulator answers some illegal keys
/// with 500, which would be retried; so they are refused before anything is sent.
/// </summary>
internal static class TableKeys
{
    public const int Characters = 512;

    /// <summary>The key itself, when it is legal.</summary>
    public static string Check(string key, string name) =>
        Fault(key) is { } fault ? throw new ArgumentException($"A table key {fault}.", name) : key;

    /// <summary>What is wrong with the key, or null.</summary>
    public static string? Fault(string key)
    {
        if (key.Length > Characters)
            return $"has more than {Characters} characters";
        foreach (var character in key)
        {
            if (character is '/' or '\\' or '#' or '?')
                return $"holds the illegal character {character}";
            if (char.IsControl(character))
                return $"holds the control character U+{(int)character:X4}";
        }

        return Edm.IsWellFormed(key) ? null : "holds half of a surrogate pair";
    }

    /// <summary>
    /// The table's name itself, when it is legal: a letter, then letters and digits, 3 to 63 in all; the list of tables has one name for
    /// itself.
    /// </summary>
    public static string CheckTable(string table) =>
        table.Length is >= 3 and <= 63 && char.IsAsciiLetter(table[0]) && table.All(char.IsAsciiLetterOrDigit)
        && !table.Equals("tables", StringComparison.OrdinalIgnoreCase)
            ? table
            : throw new ArgumentException($"'{table}' is not the name of a table.", nameof(table));
}
