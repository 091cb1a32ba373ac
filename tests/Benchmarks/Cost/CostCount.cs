using System.Globalization;

namespace FriendCity.Benchmarks.Cost;

/// <summary>Counts what each operation asks of storage, and writes docs/cost.md from it.</summary>
internal static class CostCount
{
    private const string Draft = """{"nameEn":"P","nameZh":"项","countryId":"RU","cityId":"RULED","sectorId":"TRADE","status":"SIGNED","agreementDate":"2020-01-01"}""";

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var counts = await CountAsync();
        if (context.Options.Docs is { } folder)
            await File.WriteAllTextAsync(Path.Combine(folder, "cost.md"), CostPage.Text(counts));
        var prices = context.Options.Prices is { } file ? await Prices.ReadAsync(file) : null;
        return
        [
            .. counts.Select(each => Line.Note(each.What, "requests", each.Bill.Sum)),
            .. prices is null ? [] : counts.Select(each => Money(each, prices)),
        ];
    }

    private static Line Money(Priced each, Prices prices) => Line.Note(
        string.Create(CultureInfo.InvariantCulture, $"10,000 × {each.What}, {prices.Date:yyyy-MM-dd}"), prices.Currency, prices.Of(each.Bill));

    private static async Task<IReadOnlyList<Priced>> CountAsync()
    {
        await using var office = await CountingTestApp.OpenAsync();
        var start = await office.SendAsync("start of an instance", "GET", "health/ready");
        // The first list of a registry makes the key that signs its cursors, and each instance reads it once.
        await office.SendAsync("", "GET", "api/v1/projects");
        var point = await office.SendAsync("point read", "GET", "api/v1/projects/P001");
        var list = await office.SendAsync("list, filtered and ordered", "GET",
            "api/v1/projects?$filter=cityId%20eq%20'RULED'&$orderby=agreementDate&$top=50");
        var create = await office.SendAsync("create", "PUT", "api/v1/projects/X", Draft);
        var after = await office.SendAsync("first read of an instance after a write", "GET", "api/v1/projects/X");
        var patch = await office.SendAsync("patch", "PATCH", "api/v1/projects/X", """{"note":"n"}""", "application/merge-patch+json", current: true);
        await office.SendAsync("", "GET", "api/v1/projects/X");
        var delete = await office.SendAsync("delete", "DELETE", "api/v1/projects/X", current: true);
        await office.SendAsync("", "GET", "api/v1/projects");
        // The first run ever makes the container and its pointer; a usual night finds them.
        await office.NightAsync("", new DateOnly(2026, 1, 1));
        var snapshot = await office.NightAsync("nightly snapshot", new DateOnly(2026, 1, 2));
        await office.MinuteAsync("");
        var minute = await office.MinuteAsync(CostPage.Minute);
        var import = await office.ImportAsync("1,000 imported rows", 1000);
        var afterImport = await office.SendAsync("first read of an instance after that import", "GET", "api/v1/projects?$top=1");
        return [point, list, create, patch, delete, after, import, afterImport, snapshot, start, minute];
    }
}
