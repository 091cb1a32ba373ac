using System.Globalization;
using FriendCity.Records.Import;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.ImportApi;

/// <summary>What was asked for: the input of the operation, beside the uploaded file.</summary>
/// <param name="Format">Of the file, by its name.</param>
/// <param name="Skip">Rows at fault are left out; otherwise nothing is written when there is one.</param>
/// <param name="MaxAffected">Nothing is written when more records than this would be.</param>
/// <param name="AllowDuplicate">Records that are alike others are written where both may be real.</param>
internal sealed record ImportOrder(string Type, string Format, ImportMode Mode, bool Skip, bool DryRun, int? MaxAffected, bool AllowDuplicate)
{
    public string Write() => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteString("format", Format);
        writer.WriteString("mode", Mode.ToString());
        writer.WriteBoolean("skip", Skip);
        writer.WriteBoolean("dryRun", DryRun);
        writer.WriteString("maxAffected", MaxAffected?.ToString(CultureInfo.InvariantCulture));
        writer.WriteBoolean("allowDuplicate", AllowDuplicate);
        writer.WriteEndObject();
    });

    /// <exception cref="FormatException">It is not what this service wrote.</exception>
    public static ImportOrder Read(string text)
    {
        try
        {
            var json = (JObject)Json.Parse(text);
            var most = (string?)json["maxAffected"];
            return new((string)json["type"]!, (string)json["format"]!, Enum.Parse<ImportMode>((string)json["mode"]!), (bool)json["skip"]!,
                (bool)json["dryRun"]!, most is null ? null : int.Parse(most, NumberStyles.None, CultureInfo.InvariantCulture),
                // One that was begun before there was such a parameter goes on without.
                (bool?)json["allowDuplicate"] ?? false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new FormatException($"What was asked for cannot be read: {fault.Message}", fault);
        }
    }
}
