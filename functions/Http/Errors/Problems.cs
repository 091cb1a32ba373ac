namespace FriendCity.Http.Errors;

/// <summary>Every way in which a request can be refused.</summary>
internal static class Problems
{
    public static readonly ProblemCode MalformedJson = new(400, "malformed_json", new("The body is not valid JSON", "请求正文不是有效的 JSON"));
    public static readonly ProblemCode BadParameter = new(400, "bad_parameter", new("A parameter is not valid", "参数无效"));
    public static readonly ProblemCode CursorInvalid = new(400, "cursor_invalid", new("The cursor is not one of ours", "游标无效"));
    public static readonly ProblemCode BadRequest = new(400, "bad_request", new("The request cannot be read", "无法读取请求"));
    public static readonly ProblemCode Unauthenticated = new(401, "unauthenticated", new("Not signed in", "未登录"));
    public static readonly ProblemCode TokenInvalid = new(401, "token_invalid", new("The token is not accepted", "令牌未被接受"));
    public static readonly ProblemCode Forbidden = new(403, "forbidden", new("The key or account does not allow this", "该密钥或账号无此权限"));
    public static readonly ProblemCode NotFound = new(404, "not_found", new("Not found", "未找到"));
    public static readonly ProblemCode MethodNotAllowed = new(405, "method_not_allowed", new("This address does not take that method", "该地址不支持此方法"));
    public static readonly ProblemCode NotAcceptable = new(406, "not_acceptable", new("The answer is not to be had in that form", "无法以所要求的形式应答"));
    public static readonly ProblemCode Exists = new(409, "exists", new("A record with this id exists", "该编号的记录已存在"));
    public static readonly ProblemCode Referenced = new(409, "referenced", new("Other records refer to this one", "仍有其他记录引用此记录"));
    public static readonly ProblemCode Duplicate = new(409, "duplicate", new("Another record has this already", "已有另一条相同的记录"));
    public static readonly ProblemCode UnreadableRow = new(409, "unreadable_row", new("What is stored of the record cannot be read", "该记录的存储内容无法读取"));
    public static readonly ProblemCode SnapshotRunning = new(409, "snapshot_running", new("Another snapshot is being written", "另一个快照正在生成"));
    public static readonly ProblemCode KeyEnded = new(409, "key_ended", new("The key has ended or been replaced", "该密钥已失效或已被接替"));
    public static readonly ProblemCode IdempotencyInFlight = new(409, "idempotency_in_flight",
        new("The request with this Idempotency-Key is still being carried out", "使用此 Idempotency-Key 的请求仍在处理"));
    public static readonly ProblemCode ChangesExpired = new(410, "changes_expired", new("Changes that old are not kept", "该时点的变更已不再保留"));
    public static readonly ProblemCode Gone = new(410, "gone", new("The record is deleted", "该记录已删除"));
    public static readonly ProblemCode Stale = new(412, "stale_etag", new("The record has another version by now", "该记录已有其他版本"));
    public static readonly ProblemCode AlreadyExists = new(412, "already_exists", new("A record with this id exists already", "该编号的记录已经存在"));
    public static readonly ProblemCode TooLarge = new(413, "too_large", new("The body is too large", "请求正文过大"));
    public static readonly ProblemCode UnsupportedMediaType = new(415, "unsupported_media_type",
        new("The body is not of a type this address takes", "不支持的正文类型"));
    public static readonly ProblemCode RangeNotSatisfiable = new(416, "range_not_satisfiable", new("The file ends before that range", "请求的范围超出文件末尾"));
    public static readonly ProblemCode Invalid = new(422, "invalid", new("The record is refused", "记录未被接受"));
    public static readonly ProblemCode IdempotencyKeyReused = new(422, "idempotency_key_reused",
        new("The Idempotency-Key is that of another request", "此 Idempotency-Key 已用于另一个请求"));
    public static readonly ProblemCode XlsxLimit = new(422, "xlsx_limit", new("Excel cannot hold this", "超出 Excel 的容量"));
    public static readonly ProblemCode ImportRefused = new(422, "import_refused", new("The file is refused", "导入文件未被接受"));
    public static readonly ProblemCode MaxAffected = new(422, "max_affected", new("More records would be written than may be", "受影响的记录超过上限"));
    public static readonly ProblemCode BatchStopped = new(424, "batch_stopped", new("The batch stopped before this write", "批次在此项写入之前已停止"));
    public static readonly ProblemCode PreconditionRequired = new(428, "precondition_required", new("If-Match is required", "必须提供 If-Match"));
    public static readonly ProblemCode RateLimited = new(429, "rate_limited", new("Too many requests from one caller", "该调用方请求过多"));
    public static readonly ProblemCode SnapshotFailed = new(500, "snapshot_failed", new("The snapshot's checks failed", "快照校验未通过"));
    public static readonly ProblemCode Internal = new(500, "internal", new("Something went wrong on our side", "服务器内部错误"));
    public static readonly ProblemCode NotImplemented = new(501, "not_implemented", new("The feed does not offer this", "数据源不支持此操作"));
    public static readonly ProblemCode StorageUnavailable = new(503, "storage_unavailable", new("Storage does not answer", "存储暂时不可用"));
    public static readonly ProblemCode Overloaded = new(503, "overloaded", new("Too much is asked of the service at once", "服务繁忙"));
    public static readonly ProblemCode SignInUnavailable = new(503, "sign_in_unavailable",
        new("The directory that knows the accounts does not answer", "账号目录暂时无应答"));
    public static readonly ProblemCode AddressUnknown = new(503, "address_unknown", new("The service does not know its own address", "服务未设置对外地址"));
    public static readonly ProblemCode OutcomeUnknown = new(503, "outcome_unknown",
        new("Storage did not say whether the write took effect", "无法确认写入是否生效"));
    public static readonly ProblemCode NoRoom = new(507, "no_temporary_space", new("The service has no room for temporary files", "服务器没有可用的临时空间"));

    public static readonly IReadOnlyList<ProblemCode> All =
    [
        MalformedJson, BadParameter, CursorInvalid, BadRequest, Unauthenticated, TokenInvalid, Forbidden, NotFound, MethodNotAllowed, NotAcceptable,
        Exists, Referenced,
        Duplicate, UnreadableRow, SnapshotRunning, KeyEnded, IdempotencyInFlight, ChangesExpired, Gone, Stale, AlreadyExists, TooLarge,
        UnsupportedMediaType, RangeNotSatisfiable, Invalid, IdempotencyKeyReused, XlsxLimit, ImportRefused, MaxAffected, BatchStopped,
        PreconditionRequired, RateLimited, SnapshotFailed, Internal,
        NotImplemented, StorageUnavailable, Overloaded, SignInUnavailable, AddressUnknown, OutcomeUnknown, NoRoom,
    ];

    /// <summary>For what is not taken because too much else is being done.</summary>
    public static Problem TooMany => new(Overloaded, new("Come again in a few seconds.", "请几秒后重试。")) { RetryAfter = 2 };

    public static Problem Unreadable(string type, string id) => new(UnreadableRow, new(
        $"The stored row of {type}/{id} cannot be read. Nothing is written over it: it has to be mended or removed in storage; the alert "
            + $"unreadable_row says what is wrong.",
        $"{type}/{id} 的存储行无法读取，系统不会覆盖；须在存储中修复或删除该行，原因见警示 unreadable_row。"));

    public static Problem Parameter(string name, string en, string zh) => new(BadParameter, new($"{name}: {en}", $"{name}：{zh}"));
}
