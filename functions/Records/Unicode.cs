namespace FriendCity.Records;

internal static class Unicode
{
    /// <summary>Index of the first character that text may not hold: controls other than tab and line feed, and lone surrogates.</summary>
    public static int? FirstUnfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(c) || (char.IsControl(c) && c is not ('\t' or '\n')))
                return i;
        }

        return null;
    }
}
