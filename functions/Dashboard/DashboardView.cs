namespace FriendCity.Dashboard;

/// <summary>Which view the page opens on when its address does not say.</summary>
internal static class DashboardView
{
    public const string Setting = "DefaultView";

    public static readonly IReadOnlyList<string> All = ["now", "article"];

    public static string From(IConfiguration configuration)
    {
        var value = configuration[Setting];
        if (string.IsNullOrWhiteSpace(value))
            return All[0];
        // A misspelt view would show leaders other figures than the office meant, so it is not guessed.
        return All.FirstOrDefault(view => string.Equals(view, value.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOperationException($"The setting {Setting} is '{value}'; it must be one of: {string.Join(", ", All)}.");
    }
}
