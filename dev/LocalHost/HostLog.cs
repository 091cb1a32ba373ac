using System.Text.RegularExpressions;

namespace FriendCity.LocalHost;

/// <summary>The one door to the output: a single line for each entry, and in none of them a key.</summary>
internal sealed partial class HostLog(Action<string> output)
{
    public void Info(string message) => Write("Information", "Host", message);

    public void Error(string message) => Write("Error", "Host", message);

    public void Write(string level, string category, string message) => Line($"{level} {category}: {message}");

    /// <summary>As it is, but for line ends and the values of <c>code=</c>.</summary>
    public void Line(string line)
    {
        // One broken reader of lines must not break who writes them.
        try
        {
            output(Key().Replace(LineEnd().Replace(line.TrimEnd(), " ⏎ "), "${name}***"));
        }
        catch (IOException)
        {
        }
    }

    [GeneratedRegex(@"(?<name>\bcode=)[^&\s""'\\<>]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Key();

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.NonBacktracking)]
    private static partial Regex LineEnd();
}
