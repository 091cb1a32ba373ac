using FriendCity.Messages;

namespace FriendCity.Registry;

internal static class Approvals
{
    /// <summary>Whoever says "approved" can say when, or where it is written.</summary>
    public static void Check(ValidationContext validation, bool? approved, DateOnly? approvedOn, string? reference)
    {
        if (approved == true && approvedOn is null && reference is null)
            validation.Refuse("/approvedOn", "approval_evidence", "An approval needs its date or its reference.", "批准须注明日期或批准文号。");
    }
}
