using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.PowerBi.Guide;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.PowerBi;

/// <summary>
/// What leads Power BI to this service. The files and the page carry addresses and no records, so they are open to all; the data is not.
/// Routes are literal: none of them can take an address that belongs to another.
/// </summary>
internal sealed class PowerBiFunctions(SnapshotData data, SnapshotPlace place, Authenticator authenticator, PublicAddress address)
{
    private const string Source = "source";

    private static readonly string[] Sources = [.. Enum.GetNames<ProjectSource>().Select(name => name.ToLowerInvariant())];

    /// <summary>How to connect and sign in.</summary>
    [Function("PowerBi")]
    public IResult Guide([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi")] HttpRequest request)
    {
        var language = LanguageOf(request);
        address.RequireKnown(request);
        return new HtmlPage(
            GuidePage.Write(new GuideContext(PublicAddress.Of(request, ""), place.Address, authenticator.TakesAccounts), language), language);
    }

    /// <summary>Opens Power BI Desktop on the feed.</summary>
    [Function("PowerBiConnect")]
    public IResult Connect([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/connect.pbids")] HttpRequest request)
    {
        Parameters.Check(request);
        address.RequireKnown(request);
        return new ConnectionFile("FriendCity.pbids", "odata", ("url", PublicAddress.Of(request, "/odata")));
    }

    /// <summary>Opens it on the snapshots' container.</summary>
    [Function("PowerBiStorage")]
    public IResult Storage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/storage.pbids")] HttpRequest request)
    {
        Parameters.Check(request);
        var storage = Account();
        return new ConnectionFile("FriendCity-storage.pbids", "azure-blobs", ("domain", storage.Domain), ("account", storage.Account),
            ("container", storage.Container));
    }

    /// <summary>The model and report, with the address of what they read filled in: this service, or the account that holds the snapshots.</summary>
    [Function("PowerBiProject")]
    public IResult Project([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/project.zip")] HttpRequest request)
    {
        Parameters.Check(request, Languages.Parameter, Source);
        address.RequireKnown(request);
        var source = Enum.Parse<ProjectSource>(Parameters.Choice(request, Source, Sources), ignoreCase: true);
        var values = new Dictionary<string, string>
        {
            ["'Source URL'"] = source switch
            {
                ProjectSource.Http => PublicAddress.Of(request, "/powerbi/data"),
                ProjectSource.Blob => Account().Url,
                _ => Account().LakeUrl,
            },
            ["Language"] = Languages.Tag(Languages.Asked(request)),
        };
        if (source != ProjectSource.Http)
            values["Container"] = Account().Container;
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        request.HttpContext.Response.Headers.Vary = "Accept-Language";
        return ProjectFiles.Answer(source, values);
    }

    /// <summary>The snapshots' container.</summary>
    [Function("PowerBiData")]
    public Task<IResult> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/data/{*path}")] HttpRequest request,
        string? path, CancellationToken cancellationToken) => data.AnswerAsync(request, path, cancellationToken);

    /// <exception cref="ProblemException">The snapshots are where Power BI cannot name them.</exception>
    private SnapshotAddress Account() => place.Address ?? throw new ProblemException(new(Problems.NotFound, new(
        "The snapshots are not in a storage account that Power BI can name: the emulator, or a domain of one's own. Use /powerbi/project.zip or "
            + "/powerbi/data, or let the setting Snapshots name an account by its address https://ACCOUNT.blob….",
        "快照不在 Power BI 能够指明的存储账户中（模拟器或自有域名）。请使用 /powerbi/project.zip 或 /powerbi/data，或将设置 Snapshots 指向地址为 https://ACCOUNT.blob… 的账户。")));

    /// <summary>Nothing but a language can be asked for.</summary>
    private static Language LanguageOf(HttpRequest request)
    {
        Parameters.Check(request, Languages.Parameter);
        return Languages.Asked(request);
    }
}
