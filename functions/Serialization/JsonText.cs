using System.Text;
using FriendCity.Messages;
using Newtonsoft.Json.Linq;

namespace FriendCity.Serialization;

/// <summary>
/// The one reader of JSON from outside, bodies and imports alike: strict UTF-8, with or without a byte order mark, then <see cref="JsonTree"/>.
/// </summary>
internal static class JsonText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <inheritdoc cref="JsonTree.Read(ReadOnlySpan{byte}, ValidationContext?, bool)"/>
    public static JToken Read(ReadOnlySpan<byte> utf8, ValidationContext? unfit = null, bool lines = false)
    {
        // Editors of Windows and PowerShell put it there; RFC 8259 8.1 lets a reader pass over it.
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        try
        {
            Strict.GetCharCount(utf8);
        }
        catch (DecoderFallbackException fault)
        {
            var (line, column) = JsonTree.Place(utf8, 0, fault.Index);
            throw new JsonFault(new("This is not UTF-8.", "此处不是 UTF-8 编码。"), line, column);
        }

        return JsonTree.Read(utf8, unfit, lines);
    }
}
