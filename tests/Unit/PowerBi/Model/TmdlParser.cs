using System.Text.RegularExpressions;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>
/// Reads the part of TMDL that our model is written in (https://learn.microsoft.com/analysis-services/tmdl/tmdl-overview): objects nested by
/// tabs, <c>name: value</c>, flags, <c>///</c> descriptions, expressions in the line, in a deeper block, or between three backticks.
/// </summary>
internal sealed partial class TmdlParser(string file, string text)
{
    private const string Fence = "```";

    /// <summary>Objects that have no name; any other lonely word is a flag.</summary>
    private static readonly string[] Nameless = ["database", "translations", "dataAccessOptions"];

    private readonly string[] _lines = text.Split('\n');
    private int _at;

    public static IReadOnlyList<TmdlNode> Parse(string file, string text)
    {
        var root = new TmdlNode("file", file, file, null, null);
        new TmdlParser(file, text).Children(root, 0);
        return root.Children;
    }

    private void Children(TmdlNode parent, int depth)
    {
        string? description = null;
        for (; _at < _lines.Length; _at++)
        {
            var line = _lines[_at];
            if (line.Length == 0)
                continue;
            var tabs = Tabs(line);
            if (tabs < depth)
                break;
            var content = line[tabs..];
            if (tabs > depth)
                throw Fault($"It is indented by {tabs} tabs where {depth} belong.");
            if (content[0] == ' ' || content.Trim() != content)
                throw Fault("Spaces stand where only tabs belong, or at the end.");

            if (content.StartsWith("///", StringComparison.Ordinal))
                description = $"{description}{(description is null ? "" : "\n")}{content[3..].Trim()}";
            else
            {
                Statement(parent, depth, content, description);
                description = null;
            }
        }

        if (description is not null)
            throw Fault("A description describes nothing.");
    }

    private void Statement(TmdlNode parent, int depth, string content, string? description)
    {
        if (Property().Match(content) is { Success: true } property)
            Set(parent, property.Groups["name"].Value, property.Groups["value"].Value);
        else if (content == "source =")
            Set(parent, "source", Block(depth));
        else if (Word().IsMatch(content) && !Nameless.Contains(content))
            Set(parent, content, "");
        else if (Reference().Match(content) is { Success: true } reference)
            parent.Children.Add(new TmdlNode("ref", $"{reference.Groups["kind"].Value} {Unquoted(reference.Groups["name"].Value)}", Place, null,
                null));
        else if (Header().Match(content) is { Success: true } header)
        {
            var place = Place;
            var value = header.Groups["is"].Success ? Expression(header.Groups["value"].Value, depth) : null;
            var node = new TmdlNode(header.Groups["kind"].Value, Unquoted(header.Groups["name"].Value), place, description, value);
            parent.Children.Add(node);
            _at++;
            Children(node, depth + 1);
            _at--;
        }
        else
            throw Fault($"This is no TMDL: {content}");
    }

    private string Expression(string rest, int depth) => rest switch
    {
        "" => Block(depth),
        Fence => Fenced(),
        _ => rest,
    };

    /// <summary>The lines that stand deeper than the object's properties.</summary>
    private string Block(int depth)
    {
        var lines = new List<string>();
        while (_at + 1 < _lines.Length && (_lines[_at + 1].Length == 0 || Tabs(_lines[_at + 1]) >= depth + 2))
            lines.Add(_lines[++_at]);
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
            _at--;
        }

        return lines.Count > 0 ? string.Join('\n', lines.Select(line => line.TrimStart('\t'))) : throw Fault("An expression is missing.");
    }

    private string Fenced()
    {
        var lines = new List<string>();
        for (_at++; _at < _lines.Length; _at++)
        {
            if (_lines[_at].Trim() == Fence)
                return string.Join('\n', lines);
            lines.Add(_lines[_at].TrimStart('\t'));
        }

        throw Fault("Three backticks are not closed.");
    }

    private void Set(TmdlNode parent, string name, string value)
    {
        if (!parent.Properties.TryAdd(name, value))
            throw Fault($"{name} stands twice.");
    }

    private string Place => $"{file}({_at + 1})";

    private TmdlException Fault(string message) => new(Place, message);

    private static int Tabs(string line) => line.Length - line.TrimStart('\t').Length;

    public static string Unquoted(string name) => name.StartsWith('\'') ? name[1..^1].Replace("''", "'", StringComparison.Ordinal) : name;

    [GeneratedRegex(@"^(?<name>[A-Za-z]+): (?<value>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();

    [GeneratedRegex("^[A-Za-z]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();

    [GeneratedRegex(@"^ref (?<kind>[A-Za-z]+) (?<name>'([^']|'')+'|[^\s'=.:]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(?<kind>[A-Za-z]+)( (?<name>'([^']|'')+'|[^\s'=.:]+))?(?<is> =( (?<value>.+))?)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Header();
}
