namespace FriendCity.Dashboard;

/// <summary>Whom a person without a key asks for one; empty parts are not known.</summary>
internal sealed record KeyContact(string Office, string Mail, string Telephone)
{
    public const string Setting = "KeyContact";

    public static readonly KeyContact None = new("", "", "");

    /// <summary><c>OFFICE; MAIL; TELEPHONE</c>; a part may be empty, not all of them.</summary>
    /// <returns>Null for a text of another form.</returns>
    public static KeyContact? Parse(string text)
    {
        if (text.Split(';', StringSplitOptions.TrimEntries) is not [var office, var mail, var telephone])
            return null;
        var contact = new KeyContact(office, mail, telephone);
        var isMail = mail.Length == 0 || (mail.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < mail.Length - 1
            && !mail.Any(char.IsWhiteSpace));
        var isTelephone = telephone.All(sign => char.IsAsciiDigit(sign) || "+-() ".Contains(sign, StringComparison.Ordinal));
        return isMail && isTelephone && contact != None ? contact : null;
    }
}
