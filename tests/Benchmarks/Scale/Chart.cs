using System.Globalization;
using System.Text;

namespace FriendCity.Benchmarks.Scale;

/// <summary>Curves on two axes that go by powers of ten, as SVG that can be read on light and dark paper.</summary>
internal static class Chart
{
    private const int Left = 72;
    private const int Right = 210;
    private const int Top = 40;
    private const int Bottom = 40;
    private const int DecadeWide = 150;
    private const int DecadeHigh = 56;
    private const int LabelHigh = 16;

    private static readonly string[] Colours = ["#2f81d6", "#d9730d", "#2da44e", "#a45bd1"];

    /// <param name="unit">Of the upright axis; the other one counts projects.</param>
    /// <param name="curves">Each with a name and its points, from left to right.</param>
    public static string Svg(string title, string unit, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> curves)
    {
        var all = curves.SelectMany(curve => curve.Points).ToList();
        var (x0, x1) = (Math.Floor(Math.Log10(all.Min(point => point.X))), Math.Ceiling(Math.Log10(all.Max(point => point.X))));
        var (y0, y1) = (Math.Floor(Math.Log10(all.Min(point => point.Y))), Math.Ceiling(Math.Log10(all.Max(point => point.Y))));
        var (wide, high) = (DecadeWide * (x1 - x0), DecadeHigh * (y1 - y0));
        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + wide + Right} {Top + high + Bottom}\"");
        Add($" role=\"img\" aria-label=\"{title}\">");
        Add($"<style>text{{font:13px sans-serif;fill:#6e7781}}.g{{stroke:#8b949e;stroke-opacity:.35}}.c{{fill:none;stroke-width:2}}</style>");
        Add($"<text x=\"{Left}\" y=\"20\" font-weight=\"bold\">{title} ({unit})</text>");
        for (var decade = x0; decade <= x1; decade++)
        {
            Add($"<line class=\"g\" x1=\"{X(decade)}\" x2=\"{X(decade)}\" y1=\"{Top}\" y2=\"{Top + high}\"/>");
            Add($"<text x=\"{X(decade)}\" y=\"{Top + high + 22}\" text-anchor=\"middle\">{Math.Pow(10, decade):#,0}</text>");
        }

        for (var decade = y0; decade <= y1; decade++)
        {
            Add($"<line class=\"g\" x1=\"{Left}\" x2=\"{Left + wide}\" y1=\"{Y(decade)}\" y2=\"{Y(decade)}\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{Y(decade) + 4}\" text-anchor=\"end\">{Math.Pow(10, decade):#,0.###}</text>");
        }

        var labels = new List<double>();
        foreach (var (at, (name, points)) in curves.Index().OrderBy(curve => -curve.Item.Points[^1].Y))
        {
            var places = points.Select(point => (X: X(Math.Log10(point.X)), Y: Y(Math.Log10(point.Y)))).ToList();
            var line = string.Join(' ', places.Select(place => Text($"{place.X:0.#},{place.Y:0.#}")));
            Add($"<polyline class=\"c\" stroke=\"{Colours[at]}\" points=\"{line}\"/>");
            foreach (var (x, y) in places)
                Add($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3\" fill=\"{Colours[at]}\"/>");
            // Names of curves that end together stand below each other.
            labels.Add(Math.Max(places[^1].Y, labels.Count == 0 ? 0 : labels[^1] + LabelHigh));
            Add($"<text x=\"{Left + wide + 10}\" y=\"{labels[^1] + 4:0.#}\" style=\"fill:{Colours[at]}\">{name}</text>");
        }

        return svg.Append("</svg>\n").ToString();

        double X(double power) => Left + (DecadeWide * (power - x0));
        double Y(double power) => Top + high - (DecadeHigh * (power - y0));
        void Add(FormattableString text) => svg.Append(Text(text)).Append('\n');
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }
}
