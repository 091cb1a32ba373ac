using System.Buffers;
using System.Globalization;
using System.Text;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Storage.Tables;

namespace FriendCity.RecordsApi.Files;

/// <summary>What may be attached: letters and pictures, of the type they say they are.</summary>
internal static class AttachmentRules
{
    public const int MaxBytes = 20 * 1024 * 1024;
    public const int MaxName = 120;

    /// <summary>Names and hashes of a record's files stand in one column.</summary>
    public const int MaxFiles = 100;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("/\\:*?\"<>|%#\t\n");

    private static readonly (string MediaType, byte[] Begins, string[] Extensions)[] Types =
    [
        ("application/pdf", "%PDF-"u8.ToArray(), [".pdf"]),
        ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], [".png"]),
        ("image/jpeg", [0xFF, 0xD8, 0xFF], [".jpg", ".jpeg", ".jpe", ".jfif"]),
        ("image/tiff", [(byte)'I', (byte)'I', 0x2A, 0x00], [".tif", ".tiff"]),
        ("image/tiff", [(byte)'M', (byte)'M', 0x00, 0x2A], [".tif", ".tiff"]),
    ];

    /// <summary>Devices of Windows: no file there can have such a name, whatever follows its first point.</summary>
    private static readonly HashSet<string> Reserved = new(
        [
            "CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$",
            .. from device in new[] { "COM", "LPT" } from digit in "0123456789¹²³" select $"{device}{digit}",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static string MediaTypes { get; } = string.Join(", ", Types.Select(type => type.MediaType).Distinct());

    public static bool Knows(string? mediaType) => Array.Exists(Types, type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase));

    /// <summary>The bytes begin as files of that type do.</summary>
    public static bool Fits(string mediaType, ReadOnlySpan<byte> begin)
    {
        foreach (var type in Types)
            if (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) && begin.StartsWith(type.Begins))
                return true;
        return false;
    }

    /// <summary>Why a record cannot have so many files, or of such long names; null when it can.</summary>
    public static Violation? TooMany(IReadOnlyList<Attachment> files) =>
        files.Count > MaxFiles ? new Violation("/attachments", "too_many", new($"A record has at most {MaxFiles} files.", $"每条记录最多 {MaxFiles} 个附件。"))
        : Attachment.Column(files).Length > TableLimits.TextCharacters ? new Violation("/attachments", "too_long", new(
            $"The names of a record's files do not fit beside each other: choose a shorter one, or drop a file of the {files.Count - 1} there are.",
            $"该记录的附件名称合计过长：请使用较短的文件名，或先移除现有 {files.Count - 1} 个附件中的一个。"))
        : null;

    /// <summary>The extensions by which files of that type open.</summary>
    public static string ExtensionsOf(string mediaType) => string.Join(", ", Extensions(mediaType));

    /// <summary>What the name ends in does not say another type than the file has; a name may also say none.</summary>
    public static bool Agrees(string name, string mediaType) =>
        Path.GetExtension(name) is not { Length: > 0 } extension || Extensions(mediaType).Contains(extension, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// A file name in any script that every system can store and shows as it is: without folders, devices and signs that turn text around.
    /// </summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name[0] != '.' && name[^1] != '.' && !name.AsSpan().ContainsAny(NeverInNames) && name == name.Trim()
        && Unicode.FirstUnfit(name) is null && !Unicode.IsBlank(name) && name.EnumerateRunes().All(IsShown)
            && !Reserved.Contains(name.Split('.')[0].TrimEnd());

    /// <summary>Joiners shape the letters of Persian and of Indian scripts; every other invisible sign, and lines' ends, only deceive.</summary>
    private static bool IsShown(Rune rune) =>
        rune.Value is 0x200C or 0x200D || (!Unicode.IsInvisible(rune)
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    private static string[] Extensions(string mediaType) =>
        [.. Types.Where(type => type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).SelectMany(type => type.Extensions).Distinct()];
}
