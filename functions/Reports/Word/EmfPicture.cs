using System.Text;

namespace FriendCity.Reports.Word;

/// <summary>
/// A drawing as an Enhanced Metafile (MS-EMF), which Word, WPS and LibreOffice draw sharp at any size with their own fonts, so that the service needs
/// neither fonts nor a browser. Lengths are hundredths of a millimetre.
/// </summary>
internal sealed class EmfPicture : IDisposable
{
    private const int PerMillimetre = 100;
    private const int Pen = 1;
    private const int Brush = 2;
    private const int Font = 3;
    private const uint NullBrush = 0x80000005;
    private const uint NullPen = 0x80000008;

    private readonly MemoryStream _body = new();
    private readonly BinaryWriter _writer;
    private int _records = 1;

    public EmfPicture(int width, int height)
    {
        (Width, Height) = (width, height);
        _writer = new BinaryWriter(_body, Encoding.Unicode);
        Record(17, 8); // SETMAPMODE: anisotropic
        Record(9, width, height); // SETWINDOWEXTEX
        Record(11, width, height); // SETVIEWPORTEXTEX
        Record(18, 1); // SETBKMODE: transparent
        Record(19, 1); // SETPOLYFILLMODE: alternate
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Filled, without an edge; a ring inside a ring is a hole.</summary>
    public void Fill(IReadOnlyList<IReadOnlyList<(short X, short Y)>> rings, int colour)
    {
        if (rings.Count == 0)
            return;
        Record(39, Brush, 0, colour, 0); // CREATEBRUSHINDIRECT: solid
        Select(NullPen, Brush);
        Begin(91, 24 + (4 * rings.Count) + (4 * rings.Sum(ring => ring.Count))); // POLYPOLYGON16
        Whole();
        _writer.Write(rings.Count);
        _writer.Write(rings.Sum(ring => ring.Count));
        foreach (var ring in rings)
            _writer.Write(ring.Count);
        foreach (var ring in rings)
            Points(ring);
        Record(40, Brush); // DELETEOBJECT
    }

    public void Line(IReadOnlyList<(short X, short Y)> points, int width, int colour)
    {
        PenOf(width, colour);
        Select(Pen, NullBrush);
        Begin(87, 20 + (4 * points.Count)); // POLYLINE16
        Whole();
        _writer.Write(points.Count);
        Points(points);
        Record(40, Pen);
    }

    public void Disc(int x, int y, int radius, int fill, int edge, int width)
    {
        PenOf(width, edge);
        Record(39, Brush, 0, fill, 0);
        Select(Pen, Brush);
        Record(42, x - radius, y - radius, x + radius, y + radius); // ELLIPSE
        Record(40, Pen);
        Record(40, Brush);
    }

    /// <param name="y">Of the base line.</param>
    public void Text(int x, int y, string text, int size, int colour, string font)
    {
        Begin(82, 324); // EXTCREATEFONTINDIRECTW with a whole LOGFONT_PANOSE
        _writer.Write(Font);
        foreach (var number in new[] { -size, 0, 0, 0, 400 })
            _writer.Write(number);
        _writer.Write(0x01000000); // not italic, underlined or struck out; the standard character set
        _writer.Write(0);
        _writer.Write(Encoding.Unicode.GetBytes(font.PadRight(32, '\0')[..32]));
        _writer.Write(new byte[320 - 92]);
        Record(22, 24); // SETTEXTALIGN: base line, left
        Record(24, colour); // SETTEXTCOLOR
        Record(37, Font); // SELECTOBJECT
        var letters = Encoding.Unicode.GetBytes(text);
        var padded = (letters.Length + 3) / 4 * 4;
        Begin(84, 68 + padded + (4 * text.Length)); // EXTTEXTOUTW
        Whole();
        _writer.Write(1);
        _writer.Write(1f);
        _writer.Write(1f);
        _writer.Write(x);
        _writer.Write(y);
        _writer.Write(text.Length);
        _writer.Write(76);
        _writer.Write(0);
        _writer.Write(new byte[16]);
        _writer.Write(76 + padded);
        _writer.Write(letters);
        _writer.Write(new byte[padded - letters.Length]);
        foreach (var letter in text)
            _writer.Write(LetterWidths.Of(letter, size));
        Record(37, unchecked((int)0x8000000D)); // SELECTOBJECT: the system's font
        Record(40, Font);
    }

    public void Dispose() => _writer.Dispose();

    public byte[] ToArray()
    {
        Record(14, 0, 16, 20); // EOF
        _writer.Flush();
        using var file = new MemoryStream();
        using var head = new BinaryWriter(file);
        head.Write(1);
        head.Write(88);
        foreach (var number in new[] { 0, 0, Width - 1, Height - 1, 0, 0, Width, Height })
            head.Write(number);
        head.Write(" EMF"u8);
        head.Write(0x10000);
        head.Write((int)_body.Length + 88);
        head.Write(_records);
        head.Write((short)4);
        head.Write((short)0);
        head.Write(new byte[12]);
        // The device that it was drawn for: a sheet of 320 by 240 mm.
        foreach (var number in new[] { 320 * PerMillimetre, 240 * PerMillimetre, 320, 240 })
            head.Write(number);
        head.Write(_body.ToArray());
        head.Flush();
        return file.ToArray();
    }

    private void PenOf(int width, int colour) => Record(38, Pen, 0, width, 0, colour); // CREATEPEN: solid

    private void Select(params ReadOnlySpan<uint> objects)
    {
        foreach (var each in objects)
            Record(37, unchecked((int)each));
    }

    private void Record(int type, params ReadOnlySpan<int> values)
    {
        Begin(type, 4 * values.Length);
        foreach (var value in values)
            _writer.Write(value);
    }

    private void Begin(int type, int length)
    {
        _records++;
        _writer.Write(type);
        _writer.Write(length + 8);
    }

    /// <summary>The rectangle a record says it draws in: the picture.</summary>
    private void Whole()
    {
        _writer.Write(0L);
        _writer.Write(Width);
        _writer.Write(Height);
    }

    private void Points(IEnumerable<(short X, short Y)> points)
    {
        foreach (var (x, y) in points)
        {
            _writer.Write(x);
            _writer.Write(y);
        }
    }
}
