using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.PowerBi.Guide;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.PowerBi;

/// <summary>Files and the page that lead Power BI to this service, and the snapshots by address.</summary>
public sealed class PowerBiApi
{
    private const string Lang = "lang";

    private readonly SnapshotData _data;
    private readonly SnapshotAddress? _storage;
    private readonly Authenticator _signIn;
    private readonly PublicAddress _address;

    internal PowerBiApi(SnapshotData data, SnapshotPlace place, Authenticator signIn, PublicAddress address) =>
        (_data, _storage, _signIn, _address) = (data, place.Address, signIn, address);

    /// <summary><c>powerbi/connect.pbids</c>: opens Power BI Desktop on the feed.</summary>
    internal IResult Connect(HttpRequest request) =>
        (Parameters.Check(request) ?? _address.Unknown(request)) is { } refused
            ? refused.ToResult() : new ConnectionFile("FriendCity.pbids", "odata", ("url", PublicAddress.Of(request, "/odata")));

    /// <summary><c>powerbi/storage.pbids</c>: opens it on the snapshots' container.</summary>
    internal IResult Storage(HttpRequest request) =>
        Parameters.Check(request) is { } unknown ? unknown.ToResult()
        : _storage is null ? new Problem(Problems.NotFound, new(
            "The snapshots are not in a storage account that Power BI can name: the emulator, or a domain of one's own. Use /powerbi/project.zip or "
                + "/powerbi/data, or let the setting Snapshots name an account by its address https://ACCOUNT.blob….",
            "快照不在 Power BI 能够指明的存储账户中(模拟器或自有域名)。请使用 /powerbi/project.zip 或 /powerbi/data,或将设置 Snapshots 指向地址为 https://ACCOUNT.blob… 的账户。")).ToResult()
        : new ConnectionFile("FriendCity-storage.pbids", "azure-blobs", ("domain", _storage.Domain), ("account", _storage.Account),
            ("container", _storage.Container));

    /// <summary><c>powerbi/project.zip</c>: the model and report, with this service's address filled in.</summary>
    internal IResult Project(HttpRequest request)
    {
        var (language, problem) = LanguageOf(request);
        if ((problem ?? _address.Unknown(request)) is { } refused)
            return refused.ToResult();
        var values = new Dictionary<string, string>
        {
            ["'Source Kind'"] = "Http",
            ["'Http Base URL'"] = PublicAddress.Of(request, "/powerbi/data"),
            ["Language"] = Languages.Tag(language),
        };
        if (_storage is not null)
            values["'Storage URL'"] = _storage.Url;
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        request.HttpContext.Response.Headers.Vary = "Accept-Language";
        return ProjectFiles.Answer(values);
    }

    /// <summary><c>powerbi</c>: how to connect and sign in.</summary>
    internal IResult Guide(HttpRequest request)
    {
        var (language, problem) = LanguageOf(request);
        return (problem ?? _address.Unknown(request))?.ToResult()
            ?? new GuideResult(GuidePage.Write(new GuideContext(PublicAddress.Of(request, ""), _storage, _signIn.TakesAccounts), language), language);
    }

    /// <summary><c>powerbi/data/{path}</c>: the snapshots' container.</summary>
    internal Task<IResult> DataAsync(HttpRequest request, string? path, CancellationToken cancellationToken) =>
        _data.AnswerAsync(request, path, cancellationToken);

    /// <summary>The parameter <c>lang</c> (en, zh-CN), else what the browser prefers.</summary>
    private static (Language Language, Problem? Problem) LanguageOf(HttpRequest request) =>
        Parameters.Check(request, Lang) is { } unknown ? (default, unknown) : Parameters.Text(request, Lang) switch
        {
            null => (Languages.Of(request), null),
            "en" => (Language.English, null),
            "zh-CN" => (Language.Chinese, null),
            _ => (default, Problems.Parameter(Lang, "en or zh-CN.", "应为 en 或 zh-CN。")),
        };
}
