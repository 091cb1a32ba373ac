using FriendCity.Http;
using FriendCity.Http.Errors;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Newtonsoft.Json;
using JsonException = System.Text.Json.JsonException;
using JsonSerializer = System.Text.Json.JsonSerializer;

namespace FriendCity.Agents;

/// <summary>
/// The registry for agents, by the Model Context Protocol over streamable HTTP: each POST is a message and has its answer, and nothing is
/// kept between two of them, so any instance answers any.
/// </summary>
internal sealed class McpFunctions(AgentTools tools, ILoggerFactory loggers)
{
    private static readonly Implementation Server = new() { Name = "friendcity", Title = "FriendCity", Version = "1" };

    [Function("Mcp")]
    public async Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "mcp")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        var body = await JsonBody.ReadAsync(request, "application/json", cancellationToken);
        try
        {
            return new McpResult(JsonSerializer.Deserialize<JsonRpcMessage>(body.ToString(Formatting.None), McpJsonUtilities.DefaultOptions)!,
                Options(request), loggers);
        }
        catch (JsonException)
        {
            throw new ProblemException(new(Problems.BadRequest, new("The body is no JSON-RPC message.", "正文不是 JSON-RPC 消息。")));
        }
    }

    private McpServerOptions Options(HttpRequest request) => new()
    {
        ServerInfo = Server,
        ServerInstructions = AgentTools.Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.All] }),
            CallToolHandler = async (call, token) => await tools.CallAsync(request, call.Params!.Name, call.Params.Arguments, token),
        },
    };

    /// <summary>The answer as an event stream, or 202 for a message that has none.</summary>
    private sealed class McpResult(JsonRpcMessage message, McpServerOptions options, ILoggerFactory loggers) : IResult
    {
        public async Task ExecuteAsync(HttpContext http)
        {
            http.Response.ContentType = "text/event-stream";
            http.Response.Headers.CacheControl = "no-store";
            await using var transport = new StreamableHttpServerTransport(loggers) { Stateless = true };
            await using var server = McpServer.Create(transport, options, loggers);
            _ = server.RunAsync(http.RequestAborted); // it ends with the transport
            if (!await transport.HandlePostRequestAsync(message, http.Response.Body, http.RequestAborted))
            {
                http.Response.ContentType = null;
                http.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
    }
}
