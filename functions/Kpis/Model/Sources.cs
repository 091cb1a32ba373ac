namespace FriendCity.Kpis.Model;

/// <summary>
/// A figure is as good as the weakest fact it rests on. From strong to weak: the office's own records, the article, public pages,
/// illustrative rows.
/// </summary>
internal static class Sources
{
    private static readonly string[] StrongToWeak = ["office", "article", "public", "illustrative"];

    public static string Weakest(params ReadOnlySpan<string?> sources)
    {
        var weakest = 0;
        foreach (var source in sources)
            weakest = Math.Max(weakest, source is null ? 0 : Array.IndexOf(StrongToWeak, source));
        return StrongToWeak[weakest];
    }
}
