using System.Globalization;
using System.Xml.Linq;

namespace FriendCity.Dev;

/// <summary>What a test run really did, from the result files it wrote.</summary>
internal static class Trx
{
    private static readonly XNamespace Team = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    public static Totals Read(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.trx", SearchOption.AllDirectories).Select(ReadFile).Aggregate(Totals.None, (sum, file) => sum + file)
        : Totals.None;

    private static Totals ReadFile(string file)
    {
        var document = XDocument.Load(file);
        var counters = document.Descendants(Team + "Counters").Single();
        return new Totals(
            Passed: Count("passed"),
            Failed: Count("failed") + Count("error") + Count("timeout") + Count("aborted"),
            Skipped: Count("total") - Count("executed"))
        {
            Failures = [.. document.Descendants(Team + "UnitTestResult")
                .Where(result => (string?)result.Attribute("outcome") == "Failed")
                .Select(result => (string)result.Attribute("testName")!)],
        };

        int Count(string name) => int.Parse((string?)counters.Attribute(name) ?? "0", CultureInfo.InvariantCulture);
    }
}
