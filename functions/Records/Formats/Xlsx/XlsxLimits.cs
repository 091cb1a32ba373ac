using FriendCity.Messages;

namespace FriendCity.Records.Formats.Xlsx;

/// <summary>What a workbook can hold, by Excel's own limits, and how large one is made while the caller waits.</summary>
/// <param name="Rows">In a sheet, the headings among them.</param>
/// <param name="AtOnce">Records; the export of more is an operation.</param>
internal sealed record XlsxLimits(int Rows = 1_048_576, int AtOnce = 50_000)
{
    /// <summary>Characters in a cell.</summary>
    public const int Cell = 32_767;

    /// <summary>Columns in a sheet.</summary>
    public const int Columns = 16_384;

    /// <summary>Characters in the name of a sheet.</summary>
    public const int SheetName = 31;
}

/// <summary>Excel cannot hold this; the reason names the place.</summary>
internal sealed class XlsxLimitException(Text reason) : Exception(reason.En)
{
    public Text Reason => reason;
}
