using FriendCity.Http;
using FriendCity.Messages;
using FriendCity.Snapshots;

namespace FriendCity.PowerBi.Guide;

/// <summary>Where this service is for who reads the page.</summary>
/// <param name="Service">Scheme and host.</param>
/// <param name="TakesAccounts">Organisational accounts may sign in.</param>
internal sealed record GuideContext(string Service, SnapshotAddress? Storage, bool TakesAccounts);

/// <summary>One way to connect.</summary>
/// <param name="Id">Of its place in the page.</param>
/// <param name="When">Whom it is for.</param>
/// <param name="Copy">What is to be copied: what it is, and the text itself.</param>
/// <param name="File">What is to be downloaded.</param>
internal sealed record ConnectionGuide(string Id, Text Title, Text When, IReadOnlyList<Text> Steps, IReadOnlyList<(Text Label, string Value)> Copy,
    (string Href, Text Label)? File = null);

/// <summary>The ways, the shortest first.</summary>
internal static class ConnectionGuides
{
    private static readonly Text FeedLabel = new("Address of the feed", "数据源地址");

    public static IReadOnlyList<ConnectionGuide> Of(GuideContext context, Language language)
    {
        var (feed, data) = ($"{context.Service}/odata", $"{context.Service}/powerbi/data");
        return [Project(context, data, language), Key(feed), Basic(feed), Account(context, feed), Storage(context), Files(data)];
    }

    private static ConnectionGuide Project(GuideContext context, string data, Language language) => new(
        "project", new("The ready model and report", "现成的模型与报表"),
        new("A Power BI project (PBIP) that already knows this service's address. Start here.", "已填好本服务地址的 Power BI 项目（PBIP），建议由此开始。"),
        [
            new("Download and unpack it, then open FriendCity.pbip in a current Power BI Desktop. One that refuses it wants Power BI Project, PBIR "
                + "and TMDL switched on under Options › Preview features.", "下载并解压，用当前版本的 Power BI Desktop 打开 FriendCity.pbip。若无法打开，请在“选项 › 预览功能”中启用 "
                + "Power BI 项目、PBIR 和 TMDL。"),
            new("Refresh. Where Desktop asks for the credential, choose Web API, enter the key, and apply it to the address above.",
                "点击“刷新”。提示输入凭据时选择“Web API”，输入密钥，并应用于上方地址。"),
            new("The language of names: Transform data › Edit parameters.", "名称语言：转换数据 › 编辑参数。"),
        ],
        [(new("Source URL", "参数 Source URL"), data)],
        ($"{context.Service}/powerbi/project.zip?lang={Languages.Tag(language)}", new("Download project.zip", "下载 project.zip")));

    private static ConnectionGuide Key(string feed) => new(
        "key", new("OData feed with a key", "OData 数据源（密钥）"),
        new("Live records and nested lists. The key is sent as the parameter code and never shown in links or logs.",
            "实时登记数据及子表。密钥以参数 code 发送，不会出现在链接或日志中。"),
        [
            new("Get data › Blank query › Advanced editor, and paste the query above. The name of the key must be in it: that is why the feed's own "
                + "dialogue cannot take a key.",
                "获取数据 › 空查询 › 高级编辑器，粘贴上方查询。密钥名称必须写在查询中，因此“OData 数据源”对话框无法使用密钥。"),
            new("Where Desktop asks for the credential, choose Web API and enter the key (fc_…).", "提示输入凭据时选择“Web API”，输入密钥（fc_…）。"),
            new("Scheduled refresh: publish, then enter the key in the semantic model's settings › Data source credentials › Key. No gateway is "
                + "needed.", "计划刷新：发布后在语义模型设置 › 数据源凭据中选择“密钥”并输入。无需网关。"),
        ],
        [(new("Query", "查询"), $"OData.Feed(\"{feed}\", null, [Implementation = \"2.0\", ApiKeyName = \"code\", Concurrent = true])")]);

    private static ConnectionGuide Basic(string feed) => new(
        "basic", new("OData feed with Basic", "OData 数据源（基本）"),
        new("By the dialogue, without a query. For Excel and Desktop; in the Power BI service Basic needs a gateway.",
            "通过对话框连接，无需编写查询。适用于 Excel 和 Desktop；在 Power BI 服务中使用“基本”需要网关。"),
        [
            new("Open connect.pbids, or Get data › OData feed, and enter the address.", "打开 connect.pbids，或选择“获取数据 › OData 数据源”并输入地址。"),
            new("Choose Basic: any user name (apikey, say), and the key as password.", "选择“基本”：用户名任意（例如 apikey），密码为密钥。"),
        ],
        [(FeedLabel, feed)],
        ("/powerbi/connect.pbids", new("Download connect.pbids", "下载 connect.pbids")));

    private static ConnectionGuide Account(GuideContext context, string feed) => new(
        "account", new("OData feed with an organisational account", "OData 数据源（组织账号）"),
        context.TakesAccounts
            ? new("People sign in with their own accounts; no key is handed out.", "使用本人组织账号登录，无需分发密钥。")
            : new("Not set up at this service. An administrator sets EntraTenant and EntraAudience (docs/power-bi.md).",
                "本服务尚未启用。请管理员设置 EntraTenant 与 EntraAudience（docs/power-bi.zh-CN.md）。"),
        [
            new("Open connect.pbids or Get data › OData feed, choose Organizational account, and sign in.",
                "打开 connect.pbids 或选择“获取数据 › OData 数据源”，选择“组织账号”并登录。"),
            new("The address must be the one above, letter by letter: Power BI asks for a token of its scheme and host.",
                "地址须与上方完全一致：Power BI 按其协议与主机名申请令牌。"),
        ],
        [(FeedLabel, feed)],
        context.TakesAccounts ? ("/powerbi/connect.pbids", new("Download connect.pbids", "下载 connect.pbids")) : null);

    private static ConnectionGuide Storage(GuideContext context) => new(
        "storage", new("Nightly snapshots in Azure storage", "Azure 存储中的夜间快照"),
        context.Storage is not null
            ? new("Every figure of every day as Parquet and CSV, without asking this service.", "以 Parquet 和 CSV 保存的每日全部指标，读取时不经过本服务。")
            : new("Not here: the snapshots are not in an account of Azure that Power BI can name. Use the project or the files by address.",
                "此处不可用：快照不在 Power BI 能够指明的 Azure 账户中。请使用项目或按地址读取文件。"),
        [
            new("Open storage.pbids, choose Organizational account (with the role Storage Blob Data Reader), and load latest/kpi_daily.parquet.",
                "打开 storage.pbids，选择“组织账号”（需“存储 Blob 数据读取者”角色），加载 latest/kpi_daily.parquet。"),
            new("The model over storage: download /powerbi/project.zip?source=blob, or source=datalake where the account has a hierarchical "
                + "namespace. Each holds that one connector and this account.",
                "读取存储的模型：下载 /powerbi/project.zip?source=blob；账户启用分层命名空间时用 source=datalake。每个项目只含一种连接器，并已填好此账户。"),
        ],
        context.Storage is { } at ? [(new("Source URL", "参数 Source URL"), at.Url), (new("Container", "容器"), at.Container)] : [],
        context.Storage is not null ? ("/powerbi/storage.pbids", new("Download storage.pbids", "下载 storage.pbids")) : null);

    private static ConnectionGuide Files(string data) => new(
        "files", new("Snapshot files by address", "按地址读取快照文件"),
        new("The same files as in storage, through this service and with its keys, for DuckDB, Python, Excel.",
            "与存储中相同的文件，经本服务并使用其密钥读取，适用于 DuckDB、Python、Excel。"),
        [
            new("current.json says where the tables of the current snapshot are; latest/ holds the figures under a fixed name.",
                "current.json 指明当前快照各表的路径；latest/ 以固定名称保存最新指标。"),
            new("Show the key in the header X-Api-Key, or as ?code=.", "密钥放在请求头 X-Api-Key 或参数 ?code= 中。"),
        ],
        [(new("Pointer", "指针"), $"{data}/current.json"), (new("Figures", "指标"), $"{data}/latest/kpi_daily.parquet")]);
}
