using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.EmptyApp;

/// <summary>Answer whatever is asked with the bytes of one file: the least that a function can do for such an answer.</summary>
public static class EmptyFunctions
{
    /// <summary>The setting that names the file.</summary>
    private const string Setting = "EMPTY_BODY";

    private const int Piece = 64 * 1024;

    private static readonly byte[] Body = File.ReadAllBytes(
        Environment.GetEnvironmentVariable(Setting) ?? throw new InvalidOperationException($"{Setting} is not set."));

    /// <summary>Piece by piece, its length untold. The host tries functions in order of name, so this one before the other.</summary>
    [Function("Stream")]
    public static async Task Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest req)
    {
        var response = req.HttpContext.Response;
        response.ContentType = MediaTypeNames.Application.Json;
        for (var at = 0; at < Body.Length; at += Piece)
            await response.Body.WriteAsync(Body.AsMemory(at, Math.Min(Piece, Body.Length - at)), req.HttpContext.RequestAborted);
    }

    [Function("Whole")]
    public static IResult Whole([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*path}")] HttpRequest req) =>
        Results.Bytes(Body, MediaTypeNames.Application.Json);
}
