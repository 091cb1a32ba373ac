using System.Text;

namespace FriendCity.Snapshots;

/// <summary>Splits CSV into cells; unlike common readers it tells an empty cell (null) from <c>""</c>.</summary>
internal sealed class CsvReader(string text)
{
    private int _at;

    public List<List<string?>> Lines()
    {
        var lines = new List<List<string?>>();
        while (_at < text.Length)
            lines.Add(Line());
        return lines;
    }

    private List<string?> Line()
    {
        var cells = new List<string?> { Cell() };
        while (Skip(","))
            cells.Add(Cell());
        return Skip("\r\n") ? cells : throw new FormatException($"Neither a cell nor a line ends at character {_at}.");
    }

    private string? Cell()
    {
        if (Skip("\""))
            return Quoted();

        var length = text.AsSpan(_at).IndexOfAny(",\"\r\n");
        var cell = length < 0 ? text[_at..] : text.Substring(_at, length);
        _at += cell.Length;
        return cell.Length == 0 ? null : cell;
    }

    private string Quoted()
    {
        var cell = new StringBuilder();
        while (true)
        {
            var end = text.IndexOf('"', _at);
            if (end < 0)
                throw new FormatException("A quoted cell has no end.");
            cell.Append(text, _at, end - _at);
            _at = end + 1;
            if (!Skip("\""))
                return cell.ToString();
            cell.Append('"');
        }
    }

    private bool Skip(string sign)
    {
        var found = string.CompareOrdinal(text, _at, sign, 0, sign.Length) == 0;
        if (found)
            _at += sign.Length;
        return found;
    }
}
