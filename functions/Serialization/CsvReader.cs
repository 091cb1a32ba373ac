using System.Buffers;
using System.Text;

namespace FriendCity.Serialization;

/// <summary>Splits CSV into cells line by line; unlike common readers it tells an empty cell (null) from <c>""</c>.</summary>
/// <param name="anyEnd">Lines may end with LF alone, and the last with the text; otherwise CRLF ends each.</param>
internal sealed class CsvReader(TextReader text, bool anyEnd = false)
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(",\"\r\n");

    private readonly List<string?> _cells = [];
    private readonly StringBuilder _long = new();
    private char[] _buffer = new char[32 * 1024];
    private int _at;
    private int _end;

    /// <summary>The cells of the next line, until the one after it is asked for; null behind the last.</summary>
    /// <exception cref="FormatException">The text is no CSV.</exception>
    public IReadOnlyList<string?>? Line()
    {
        if (_at == _end && !Fill())
            return null;
        _cells.Clear();
        do
            _cells.Add(Cell());
        while (Skip(','));
        return LineEnds() ? _cells : throw new FormatException("Somewhere neither a cell nor a line ends.");
    }

    private bool LineEnds() => anyEnd ? Skip('\r') | Skip('\n') || (_at == _end && !Fill()) : Skip('\r') && Skip('\n');

    private string? Cell()
    {
        if (Skip('"'))
            return Quoted();

        var length = Until(Ends);
        if (length == 0)
            return null;
        var cell = new string(_buffer, _at, length);
        _at += length;
        return cell;
    }

    private string Quoted()
    {
        _long.Clear();
        while (true)
        {
            if (_at == _end && !Fill())
                throw new FormatException("A quoted cell has no end.");
            var length = _buffer.AsSpan(_at, _end - _at).IndexOf('"');
            _long.Append(_buffer, _at, length < 0 ? _end - _at : length);
            _at = length < 0 ? _end : _at + length + 1;
            if (length < 0)
                continue;
            if (!Skip('"'))
                return _long.ToString();
            _long.Append('"');
        }
    }

    /// <summary>How many characters stand before the next sign, or before the end; all of them are in the buffer then.</summary>
    private int Until(SearchValues<char> signs)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_at, _end - _at).IndexOfAny(signs);
            if (length >= 0 || !Fill())
                return length < 0 ? _end - _at : length;
        }
    }

    private bool Skip(char sign)
    {
        var found = (_at < _end || Fill()) && _buffer[_at] == sign;
        if (found)
            _at++;
        return found;
    }

    /// <summary>Reads more behind what is not used up yet; false at the end.</summary>
    private bool Fill()
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
