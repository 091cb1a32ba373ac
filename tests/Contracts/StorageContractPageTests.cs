using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>docs/storage-contract.md says which test of ours holds each case of the others; here it is held to that.</summary>
public sealed partial class StorageContractPageTests
{
    /// <summary>How many cases each file declares, in the versions the page names.</summary>
    private static readonly Dictionary<string, int> Declared = new()
    {
        ["table.batch.errorhandling.test.ts"] = 9,
        ["table.entity.apostrophe.azure-storage.test.ts"] = 2,
        ["table.entity.apostrophe.data-tables.test.ts"] = 2,
        ["table.entity.azure.data-tables.test.ts"] = 31,
        ["table.entity.issues.test.ts"] = 11,
        ["table.entity.query.test.ts"] = 24,
        ["table.entity.rest.test.ts"] = 12,
        ["table.entity.test.ts"] = 38,
        ["table.service.test.ts"] = 4,
        ["table.test.ts"] = 17,
        ["table.validation.rest.test.ts"] = 10,
        ["QueryFilterTests.cs"] = 12,
        ["TableClientQueryExpressionTests.cs"] = 17,
        ["TableClientQueryableLiveTests.cs"] = 15,
    };

    private static readonly string Page = File.ReadAllText(Repository.At("docs", "storage-contract.md"));

    private static readonly IReadOnlyList<(string File, int Number, string Case, string Held)> Cases =
    [
        .. from section in Section().Matches(Page)
           from row in Row().Matches(section.Groups["rows"].Value)
           select (section.Groups["file"].Value, int.Parse(row.Groups["number"].Value, CultureInfo.InvariantCulture), row.Groups["case"].Value,
               row.Groups["held"].Value),
    ];

    [Fact]
    public void Each_case_of_each_file_has_its_line()
    {
        foreach (var (file, count) in Declared)
            Assert.Equal($"{file}: {List(Enumerable.Range(1, count))}",
                $"{file}: {List(Cases.Where(each => each.File == file).Select(each => each.Number))}");
        Assert.Equal(Declared.Keys.Order(), Cases.Select(each => each.File).Distinct().Order());
        Assert.DoesNotContain(Cases, each => each.Case.Length == 0);
    }

    [Fact]
    public void The_headings_and_the_sum_say_the_same_counts()
    {
        foreach (Match section in Section().Matches(Page))
            Assert.Equal($"{section.Groups["file"].Value} {Declared[section.Groups["file"].Value]}",
                $"{section.Groups["file"].Value} {section.Groups["count"].Value}");
        var sums = Sums().Match(Page);
        Assert.Equal(
            (Cases.Count(each => each.File.EndsWith(".ts", StringComparison.Ordinal)),
                Cases.Count(each => each.File.EndsWith(".cs", StringComparison.Ordinal)), Cases.Count(each => IsLeftOut(each.Held))),
            (Number("emulator"), Number("client"), Number("out")));

        int Number(string name) => int.Parse(sums.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Each_case_names_a_test_or_the_reason_for_having_none() =>
        Assert.DoesNotContain(Cases, each => !IsLeftOut(each.Held) && !Test().IsMatch(each.Held));

    [Fact]
    public void Each_test_the_page_names_is_run()
    {
        var named = Test().Matches(Page).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.True(named.Count > 20);
        Assert.DoesNotContain(named, name => !IsRun(name));
    }

    [Theory]
    [InlineData("TableRowContract.An_awkward_key_finds_its_row_by_address_and_by_query_and_can_be_written_again", true)]
    [InlineData("TableFilterTests.What_has_no_literal_is_refused", true)]
    [InlineData("TableFilterTests.Nothing_of_this_name", false)]
    [InlineData("TableContract.ToString", false)]
    [InlineData("NoSuchClass.What_has_no_literal_is_refused", false)]
    public void A_test_that_is_not_there_is_noticed(string name, bool run) => Assert.Equal(run, IsRun(name));

    // A test of a contract is run by the classes that derive from it.
    private static bool IsRun(string name)
    {
        var parts = name.Split('.');
        var types = typeof(StorageContractPageTests).Assembly.GetTypes();
        return types.SingleOrDefault(type => type.Name == parts[0]) is { } owner
            && owner.GetMethod(parts[1],
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)?.GetCustomAttributes<FactAttribute>().Any() == true
            && types.Any(type => !type.IsAbstract && owner.IsAssignableFrom(type));
    }

    private static bool IsLeftOut(string held) => held.StartsWith("not ours: ", StringComparison.Ordinal) && held.Length > 20;

    private static string List(IEnumerable<int> numbers) => string.Join(' ', numbers);

    [GeneratedRegex(@"^## `(?<file>[^`]+)`: (?<count>\d+)$(?<rows>.*?)(?=^## |\z)",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\| (?<number>\d+) \| (?<case>[^|]*) \| (?<held>[^|]*) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[A-Z]\w+\.[A-Z]\w*_\w+)`", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Test();

    [GeneratedRegex(@"(?<emulator>\d+) cases of the emulator and (?<client>\d+) of the client library, (?<out>\d+) of them left out",
        RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Sums();
}
