namespace FriendCity.PowerBi.OData.Model;

/// <summary>The OData library reads dates as a type of its own, which its next major version replaces by <see cref="DateOnly"/>.</summary>
internal static class FeedDate
{
    /// <summary>Null when the value is no date.</summary>
    public static DateOnly? Of(object? value) => value switch
    {
        DateOnly date => date,
#pragma warning disable CS0618 // The parser of this version still gives it.
        Microsoft.OData.Edm.Date date => new DateOnly(date.Year, date.Month, date.Day),
#pragma warning restore CS0618
        _ => null,
    };
}
