using System.Buffers;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Http;

/// <summary>What may be attached: letters and pictures, of the type they say they are.</summary>
internal static class AttachmentRules
{
    public const int MaxBytes = 20 * 1024 * 1024;
    public const int MaxName = 120;

    /// <summary>Names and hashes of a record's files stand in one column.</summary>
    public const int MaxFiles = 100;

    private static readonly SearchValues<char> NeverInNames = SearchValues.Create("/\\:*?\"<>|%#\t\n");

    private static readonly (string MediaType, byte[] Begins)[] Types =
    [
        ("application/pdf", "%PDF-"u8.ToArray()),
        ("image/png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]),
        ("image/jpeg", [0xFF, 0xD8, 0xFF]),
        ("image/tiff", [(byte)'I', (byte)'I', 0x2A, 0x00]),
        ("image/tiff", [(byte)'M', (byte)'M', 0x00, 0x2A]),
    ];

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

    /// <summary>A file name in any script, without folders.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName && name[0] != '.' && !name.AsSpan().ContainsAny(NeverInNames) && name == name.Trim() && Unicode.FirstUnfit(name) is null;
}
