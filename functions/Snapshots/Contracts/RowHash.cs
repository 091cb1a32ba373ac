using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FriendCity.Snapshots.Contracts;

/// <summary>Hashes a table's rows, so that many can be held against others at 16 bytes each. For one thread.</summary>
internal sealed class RowHash
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>
    /// 128 bits of the SHA-256 of the cells: the same for rows whose cells are equal, and for no others that anybody will ever meet.
    /// </summary>
    public UInt128 Of(object?[] row)
    {
        _bytes.ResetWrittenCount();
        foreach (var cell in row)
            Add(cell is null ? null : Text(cell));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_bytes.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    /// <summary>The length comes first, so no cell can run into the next, and an empty text is not null.</summary>
    private void Add(string? text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), text?.Length ?? -1);
        _bytes.Advance(sizeof(int));
        _bytes.Write(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    private static string Text(object cell) => cell switch
    {
        // Equal numbers can be written in two ways: 1.50 and 1.5, 0 and -0.
        decimal amount => amount.ToString("G29", CultureInfo.InvariantCulture),
        double and 0 => "0",
        _ => Cells.Format(cell),
    };
}
