using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records;

/// <summary>Why bytes are not the JSON this product takes.</summary>
/// <param name="Unfit">Good JSON with a value that is refused, and its place; null when it is not JSON.</param>
/// <param name="Line">Where the fault stands; both count from 1, in characters.</param>
internal sealed record JsonFault(Text Message, int Line, int Column, Violation? Unfit = null);

/// <summary>The one reader of JSON from outside, bodies and imports alike: strict UTF-8, strict JSON, no duplicate names; a fault tells line and column.</summary>
internal static class JsonText
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Two readers: <see cref="StrictJson"/> finds every fault but duplicates; Newtonsoft.Json makes the tree and finds those.</summary>
    public static (JToken? Tree, JsonFault? Fault) Parse(ReadOnlySpan<byte> utf8)
    {
        // Editors of Windows and PowerShell put it there; RFC 8259 8.1 lets a reader pass over it.
        if (utf8.StartsWith(ByteOrderMark))
            utf8 = utf8[ByteOrderMark.Length..];
        try
        {
            var text = Strict.GetString(utf8);
            return StrictJson.FirstUnfit(utf8) is { } unfit ? (null, new JsonFault(unfit.Message, 1, 1, unfit)) : (Json.Parse(text), null);
        }
        catch (System.Text.Json.JsonException fault)
        {
            return (null, Malformed("The JSON breaks off or has a fault here.", "JSON 在此处中断或有误。", Place(utf8, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0)));
        }
        catch (JsonReaderException fault)
        {
            return (null, Malformed("The same name stands here a second time.", "此处名称重复。", (fault.LineNumber, fault.LinePosition)));
        }
        catch (DecoderFallbackException fault)
        {
            return (null, Malformed("This is not UTF-8.", "此处不是 UTF-8 编码。", Place(utf8, 0, fault.Index)));
        }
    }

    private static JsonFault Malformed(string en, string zh, (int Line, int Column) at) => new(new(en, zh), at.Line, at.Column);

    /// <summary>Line and column as people count them, in characters, of the byte so many lines and bytes from the start.</summary>
    private static (int Line, int Column) Place(ReadOnlySpan<byte> utf8, long lines, long bytes)
    {
        var rest = utf8;
        for (var line = 0L; line < lines; line++)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        var before = utf8[..(utf8.Length - rest.Length + (int)bytes)];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
