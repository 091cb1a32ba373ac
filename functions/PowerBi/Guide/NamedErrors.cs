using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.PowerBi.Guide;

/// <param name="Name">As the reader meets it: a problem's code, or the reason that the model's queries raise.</param>
internal sealed record NamedError(string Name, Text Means, Text Do);

/// <summary>What can go wrong between Power BI and this service, and what to do.</summary>
internal static class NamedErrors
{
    public static readonly IReadOnlyList<NamedError> SignIn =
    [
        new(Problems.Unauthenticated.Name,
            new("Nobody is signed in, or the key is not known or has expired.", "未登录，或密钥不存在、已过期。"),
            new("Power BI keeps the old credential: File › Options and settings › Data source settings, clear the permissions of this address, and "
                + "enter the key again.",
                "Power BI 会保留旧凭据：文件 › 选项和设置 › 数据源设置，清除此地址的权限后重新输入密钥。")),
        new(Problems.TokenInvalid.Name,
            new("The organisational account's token has expired or is for another directory or service; the detail says which.",
                "组织账号的令牌已过期，或属于其他目录或服务，详见错误说明。"),
            new("Sign in again. If it is for another service, the registration's Application ID URI is not this service's address: an administrator "
                + "sets both to the same.",
                "请重新登录。若令牌属于其他服务，说明应用注册的“应用程序 ID URI”与本服务地址不一致，请管理员改为一致。")),
        new(Problems.Forbidden.Name,
            new("The key or account is good and lacks the scope that the detail names.", "密钥或账号有效，但缺少说明中所列的权限。"),
            new("Ask for a key with the scope read, or for the role Read.", "请申请具有 read 权限的密钥，或 Read 角色。")),
        new(Problems.SignInUnavailable.Name,
            new("The directory that knows the accounts does not answer this service.", "账号目录暂时无法应答本服务。"),
            new("Wait and refresh again; a key works meanwhile. If it stays, the app cannot reach the sign-in service of its cloud: the setting "
                + "EntraAuthority, or the network.",
                "请稍后刷新，其间可使用密钥。若持续出现，说明应用无法访问所在云的登录服务：请检查设置 EntraAuthority 和网络。")),
        new(Problems.StorageUnavailable.Name,
            new("Storage does not answer the service.", "存储暂时无法应答。"),
            new("Power BI tries again by itself; if it stays, see /health/ready.", "Power BI 会自动重试；若持续出现，请查看 /health/ready。")),
    ];

    public static readonly IReadOnlyList<NamedError> Model =
    [
        new("FriendCity.NotReachable",
            new("The source did not answer, or refused the credential; the message repeats what it said.", "数据源无应答或拒绝凭据，错误信息中附有原文。"),
            new("Check the parameter Source URL, then the credential of that address in Data source settings. For storage, the "
                + "role Storage Blob Data Reader is needed.",
                "请检查参数 Source URL，再到“数据源设置”检查该地址的凭据。使用存储时需要“存储 Blob 数据读取者”角色。")),
        new("FriendCity.FileNotFound",
            new("The source answered and has no such file.", "数据源可访问，但没有该文件。"),
            new("Source URL of a service ends in /powerbi/data and without a slash; Container is snapshots. If the path is right, refresh again: a "
                + "snapshot may have been replaced in between.",
                "本服务的 Source URL 应以 /powerbi/data 结尾且末尾无斜杠；Container 应为 snapshots。路径无误时请重新刷新：其间快照可能已更替。")),
        new("FriendCity.ContainerNotFound",
            new("The storage account has no such container.", "存储账户中没有该容器。"),
            new("Set the parameter Container, normally snapshots, and check that Source URL names the snapshots' account and not the records' one.",
                "请设置参数 Container（通常为 snapshots），并确认 Source URL 指向快照账户而非登记数据账户。")),
        new("FriendCity.NoSnapshot",
            new("No snapshot has been published yet.", "尚未发布任何快照。"),
            new("Wait for the night, or run one: POST /api/v1/snapshots with a key that has the scope run.",
                "请等待夜间任务，或用具有 run 权限的密钥执行 POST /api/v1/snapshots。")),
        new("FriendCity.NotListed",
            new("The parameter Pinned Snapshot names a snapshot that is not listed, or no longer.", "参数 Pinned Snapshot 指定的快照未列出或已不再列出。"),
            new("Empty it to read the current snapshot, or take an id of GET /api/v1/snapshots.",
                "清空该参数即读取当前快照，或从 GET /api/v1/snapshots 选取编号。")),
        new("FriendCity.PointerUnreadable",
            new("current.json is not what the service writes; a proxy's page may have come instead.", "current.json 内容不符，可能是代理返回的页面。"),
            new("Open the address of current.json in a browser and see what comes. Nobody writes into the container by hand.",
                "请在浏览器中打开 current.json 的地址查看返回内容。不要手工写入该容器。")),
        new("FriendCity.SchemaMajor",
            new("The files are of another version than the model.", "文件版本与模型版本不一致。"),
            new("Download the project again from this service: /powerbi/project.zip.", "请从本服务重新下载项目：/powerbi/project.zip。")),
        new("FriendCity.TableMissing",
            new("The snapshot is older than the model and has no such table.", "快照早于模型，没有该表。"),
            new("Let the service run its next night, then refresh; or use the project of the service's own version.",
                "请等待服务完成下一次夜间任务后刷新，或使用与服务版本一致的项目。")),
        new("FriendCity.ColumnMissing",
            new("A table lacks columns that the model reads.", "表中缺少模型所读取的列。"),
            new("As for a missing table: model and service are of different versions.", "同上：模型与服务版本不一致。")),
        new("FriendCity.UnknownView",
            new("The parameter Default View names no view of the service.", "参数 Default View 不是本服务的口径。"),
            new("Set it to now or article.", "请设为 now 或 article。")),
    ];
}
