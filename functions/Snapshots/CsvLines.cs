namespace FriendCity.Snapshots;

/// <summary>Counts the lines of CSV as its bytes pass by; an end of line between quotes is none.</summary>
internal sealed class CsvLines
{
    private bool _isQuoted;

    public int Lines { get; private set; }

    public void Add(ReadOnlySpan<byte> piece)
    {
        for (int next; (next = _isQuoted ? piece.IndexOf((byte)'"') : piece.IndexOfAny((byte)'"', (byte)'\n')) >= 0; piece = piece[(next + 1)..])
            if (piece[next] == (byte)'\n')
                Lines++;
            else
                _isQuoted = !_isQuoted;
    }
}
