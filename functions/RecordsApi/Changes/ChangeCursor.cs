using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FriendCity.Records;

namespace FriendCity.RecordsApi.Changes;

/// <summary>
/// A place in the changes: all that was acknowledged before the instant has been told. While a caller is on its way to there, the entry
/// after which to go on. It holds no secret and binds nobody, so it is not signed: whoever edits it reads from another place.
/// </summary>
/// <param name="Instant">Storage time.</param>
internal sealed record ChangeCursor(DateTimeOffset Instant, (string Partition, string Key)? After = null)
{
    /// <summary>The header that every list of records carries.</summary>
    public const string Header = "Changes-Cursor";

    private const char Between = '.';

    public override string ToString()
    {
        var instant = Instant.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Base64Url.EncodeToString(Encoding.ASCII.GetBytes(
            After is var (partition, key) ? string.Join(Between, instant, partition, key) : instant));
    }

    /// <summary>Null for what is none.</summary>
    public static ChangeCursor? Parse(string text)
    {
        try
        {
            var parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(Between);
            return parts.Length is 1 or 3 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
                && ticks <= DateTimeOffset.MaxValue.UtcTicks && parts.Skip(1).All(RecordId.IsValid)
                    ? new(new DateTimeOffset(ticks, TimeSpan.Zero), parts.Length == 3 ? (parts[1], parts[2]) : null) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
