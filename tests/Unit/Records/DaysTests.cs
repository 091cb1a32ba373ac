using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Records;

public sealed class DaysTests
{
    /// <summary>What may add to days by itself: the arithmetic, and what counts the days of the clock.</summary>
    private static readonly string[] Allowed = ["Days", "NightlySnapshot", "EarlierDays"];

    /// <summary>Every date field of every record type, at its place in one of the sample's records.</summary>
    public static TheoryData<string, string> Fields { get; } =
    [
        .. from type in RegistryTypes.All.All
           from field in type.Members
           from name in field.KindName == "date" ? [field.Name]
               : (field.Entries?.Type("entries", field.Label, type, "parentId").Members ?? []).Where(each => each.KindName == "date")
                   .Select(each => $"{field.Name}/0/{each.Name}")
           select (type.Name, name),
    ];

    [Theory]
    [InlineData("0001-06-15", -12, "0001-01-01")]
    [InlineData("0001-01-01", -1, "0001-01-01")]
    [InlineData("9999-12-31", 1, "9999-12-31")]
    [InlineData("9950-02-28", 1200, "9999-12-31")]
    [InlineData("2024-02-29", 12, "2025-02-28")]
    [InlineData("2024-01-31", 1, "2024-02-29")]
    [InlineData("2024-03-31", -1, "2024-02-29")]
    [InlineData("2024-01-15", -1, "2023-12-15")]
    [InlineData("2024-12-15", 1, "2025-01-15")]
    public void Months_end_where_the_calendar_ends_and_where_the_month_does(string day, int months, string sum) =>
        Assert.Equal(Day(sum), Day(day).PlusMonths(months));

    [Theory]
    [InlineData("0001-06-15", -365, "0001-01-01")]
    [InlineData("9999-12-31", 180, "9999-12-31")]
    [InlineData("2024-02-28", 2, "2024-03-01")]
    public void Days_end_where_the_calendar_ends(string day, int days, string sum) => Assert.Equal(Day(sum), Day(day).PlusDays(days));

    [Theory]
    [InlineData("2024-01-31", "2024-03-30", "2024-01-31 2024-02-29")]
    [InlineData("2023-02-01", "2023-02-28", "2023-02-28")]
    [InlineData("2023-02-28", "2023-02-28", "2023-02-28")]
    [InlineData("2023-03-01", "2023-02-28", "")]
    [InlineData("2023-03-01", "2022-02-28", "")]
    [InlineData("2023-04-01", "2023-04-29", "")]
    public void The_ends_of_months_lie_between_two_days(string from, string to, string ends) =>
        Assert.Equal(ends, string.Join(' ', Days.MonthEnds(Day(from), Day(to)).Select(day => day.ToString("yyyy-MM-dd", null))));

    [Theory]
    [InlineData("/signedOn", "signedOn")]
    [InlineData("/stages/0/date", "stages/date")]
    [InlineData("/stages/12/date", "stages/date")]
    public void The_place_of_a_date_is_told_without_positions(string pointer, string field) =>
        Assert.Equal(field, new ImplausibleDate(pointer, Days.First).Field);

    [Fact]
    public void Within_the_calendar_months_and_days_are_those_of_the_library()
    {
        var random = new Random(14);
        for (var i = 0; i < 10_000; i++)
        {
            var (day, steps) = (DateOnly.FromDayNumber(random.Next(400_000, 1_000_000)), random.Next(-5000, 5000));
            Assert.Equal((day.AddMonths(steps), day.AddDays(steps), day.AddYears(steps / 12)),
                (day.PlusMonths(steps), day.PlusDays(steps), day.PlusYears(steps / 12)));
        }
    }

    /// <summary>Issue 14, 4: month ends, where the day after some months is not some months after the day.</summary>
    [Theory]
    [InlineData("2026-09-30", 1, "2026-11-01")]
    [InlineData("2027-02-28", 12, "2028-03-01")]
    [InlineData("2028-02-28", 12, "2029-03-01")]
    [InlineData("2028-02-29", 12, "2029-03-01")]
    [InlineData("2027-01-30", 1, "2027-03-01")]
    [InlineData("2020-06-01", 12, "2021-06-02")]
    [InlineData("9999-06-01", 12, "9999-12-31")]
    public void A_day_is_out_of_sight_on_the_first_day_that_looks_back_on_later_ones_only(string day, int months, string first) =>
        Assert.Equal(Day(first), Days.OutOfSight(Day(day), months));

    [Fact]
    public void Out_of_sight_is_what_looking_back_from_each_day_finds()
    {
        var random = new Random(15);
        for (var i = 0; i < 2_000; i++)
        {
            var (day, months) = (DateOnly.FromDayNumber(random.Next(730_000, 745_000)), random.Next(1, 121));
            var first = day.AddMonths(months).AddDays(-3);
            while (first.AddMonths(-months) <= day)
                first = first.AddDays(1);
            Assert.Equal(first, Days.OutOfSight(day, months));
        }
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_new_date_outside_the_plausible_centuries_is_refused_at_its_place(string type, string place)
    {
        foreach (var (day, refused) in new[] { ("0001-01-01", true), ("1899-12-31", true), ("1900-01-01", false), ("2200-12-31", false),
            ("2201-01-01", true), ("9999-12-31", true) })
        {
            var violations = await CheckAsync(type, place, day);
            Assert.Equal(refused ? [$"/{place}"] : [], violations
                .Where(violation => violation.Rule == "implausible_date" && violation.Pointer == $"/{place}").Select(violation => violation.Pointer));
            Assert.All(violations.Where(violation => violation.Rule == "implausible_date"),
                violation => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", violation.Message.Zh));
        }
    }

    [Theory]
    [InlineData("2100-12-31", 100, false)]
    [InlineData("2101-01-01", 100, true)]
    public async Task A_term_that_leads_out_of_them_is_refused_as_well(string signed, int years, bool refused)
    {
        var registry = await SampleRegistry.LoadAsync();
        var agreement = new JObject
        {
            ["titleEn"] = "t",
            ["titleZh"] = "t",
            ["documentType"] = "d",
            ["relationshipId"] = registry.Of("relationships")[0].Id,
            ["signedOn"] = signed,
            ["termYears"] = years
        };
        Assert.Equal(refused ? ["/termYears implausible_date"] : [], Check("agreements", agreement, "NEW", registry)
            .Select(violation => $"{violation.Pointer} {violation.Rule}"));
    }

    /// <summary>The assembly's own code is read: a sum that fails at the calendar's end would fail a figure, an alert or a night.</summary>
    [Fact]
    public void Nothing_else_adds_to_a_day()
    {
        using var file = new PEReader(File.OpenRead(typeof(Days).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var sums = metadata.MemberReferences
            .Where(handle => metadata.GetMemberReference(handle) is var member && metadata.GetString(member.Name).StartsWith("Add",
                StringComparison.Ordinal)
                && member.Parent.Kind == HandleKind.TypeReference
                    && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name) == nameof(DateOnly))
            .Select(handle => BitConverter.GetBytes(System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle))).ToList();
        var found =
            from handle in metadata.MethodDefinitions
            let method = metadata.GetMethodDefinition(handle)
            where method.RelativeVirtualAddress != 0
            let code = file.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()!
            where sums.Exists(sum => Uses(code, sum))
            select Outer(metadata, method.GetDeclaringType());
        Assert.Empty(found.Except(Allowed));
    }

    /// <summary>The token stands behind "call" or "ldftn": the same four bytes may stand elsewhere by chance.</summary>
    private static bool Uses(byte[] code, byte[] token) =>
        code.AsSpan().IndexOf((byte[])[0x28, .. token]) >= 0 || code.AsSpan().IndexOf((byte[])[0xFE, 0x06, .. token]) >= 0;

    private static string Outer(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? Outer(metadata, outer) : metadata.GetString(type.Name);
    }

    private static async Task<IReadOnlyList<Violation>> CheckAsync(string type, string place, string day)
    {
        var registry = await SampleRegistry.LoadAsync();
        var parts = place.Split('/');
        var file = Path.Combine(Sample.Folder, $"{type}.json");
        var rows = (File.Exists(file) ? (JArray)Json.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)) : [])
            .Cast<JObject>().ToList();
        var json = rows.Find(row => parts.Length == 1 || row[parts[0]] is JArray { Count: > 0 }) ?? rows.FirstOrDefault() ?? [];
        if (parts.Length == 1)
            json[place] = day;
        else if (json[parts[0]] is JArray { Count: > 0 } list)
            list[0][parts[2]] = day;
        else
            json[parts[0]] = new JArray(parts[0] == "statusEvents" ? new JObject
            {
                ["status"] = "SIGNED",
                [parts[2]] = day
            } : new JObject { [parts[2]] = day });
        json.Remove("id");
        return Check(type, json, "NEW", registry, lenient: true);
    }

    /// <param name="lenient">Without what else is required: only dates are looked at.</param>
    private static IReadOnlyList<Violation> Check(string name, JObject json, string id, RegistrySnapshot registry, bool lenient = false)
    {
        var (type, validation) = (RegistryTypes.All.Find(name)!, new ValidationContext());
        var record = type.Read(json, validation);
        Assert.True(lenient || !validation.Failed);
        Assert.DoesNotContain(validation.Violations, violation => violation.Rule is "wrong_type" or "unknown_field");
        record.Id = id;
        var checks = new ValidationContext();
        RecordChecks.Check(type, record, registry, checks);
        return checks.Violations;
    }

    private static DateOnly Day(string text) => DateFieldType.TryParse(text, out var day) ? day : throw new FormatException(text);
}
