namespace FriendCity.Access;

/// <summary>The organisation's directory (Microsoft Entra ID) whose accounts may sign in.</summary>
/// <param name="Authority">The cloud's sign-in service, without a path.</param>
/// <param name="Tenant">The directory's id.</param>
/// <param name="Audiences">
/// Whom tokens must be for: https://host as Power BI asks for it, and the registration's own id, which tokens of version 2.0 name.
/// </param>
/// <param name="UserScopes">What a person may do to whom no role is assigned.</param>
internal sealed record EntraOptions(Uri Authority, Guid Tenant, IReadOnlyList<string> Audiences, Scopes UserScopes)
{
    public const string PublicCloud = "https://login.microsoftonline.com";

    /// <summary>
    /// What Power Query wants to hear in answer to its empty token: where people sign in.
    /// The form, without quotes, is the one of https://learn.microsoft.com/power-query/connector-authentication.
    /// </summary>
    public string Challenge => $"Bearer authorization_uri={Directory}/oauth2/authorize";

    /// <summary>Tokens of version 1.0 and 2.0 name different issuers; each version has a document that says which.</summary>
    public IReadOnlyList<Uri> Metadata =>
        [new($"{Directory}/.well-known/openid-configuration"), new($"{Directory}/v2.0/.well-known/openid-configuration")];

    private string Directory => $"{Authority.GetLeftPart(UriPartial.Authority)}/{Tenant}";

    /// <summary>Nothing that says who may come in is fetched in the clear, except from this machine itself, as tests do.</summary>
    public static bool IsTrusted(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
