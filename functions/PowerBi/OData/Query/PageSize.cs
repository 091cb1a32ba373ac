using System.Globalization;
using FriendCity.Http;

namespace FriendCity.PowerBi.OData.Query;

/// <summary>How many rows a page has: 5,000, or fewer when the caller prefers so.</summary>
internal static class PageSize
{
    public const int Largest = 5000;

    private static readonly string[] Names = ["odata.maxpagesize", "maxpagesize"];

    /// <summary>By <c>Prefer: maxpagesize=…</c>, with or without the prefix <c>odata.</c>; a preference that is no number is none.</summary>
    public static int Of(HttpRequest request)
    {
        foreach (var name in Names)
            if (int.TryParse(Prefer.Find(request, name), NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0)
            {
                var most = Math.Min(size, Largest);
                request.HttpContext.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"{name}={most}");
                return most;
            }

        return Largest;
    }
}
