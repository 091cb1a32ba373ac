namespace FriendCity.Records.Formats.Reading;

internal enum SourceKind
{
    Text,
    Number,
    Flag,

    /// <summary>A formula that has no value, or one that is a fault.</summary>
    Error,
}

/// <summary>A cell as a file has it.</summary>
/// <param name="Text">Null for an empty one.</param>
internal readonly record struct SourceCell(string? Text, SourceKind Kind = SourceKind.Text);
