using System.Net.Mime;
using Microsoft.AspNetCore.Hosting;

namespace FriendCity.Benchmarks;

/// <summary>The reference: ASP.NET Core with nothing in it, sending bytes that it holds.</summary>
internal static class BareServer
{
    public static async Task<int> RunAsync(string port, string bodyFile)
    {
        var body = await File.ReadAllBytesAsync(bodyFile);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        app.MapGet("/{**path}", async (HttpContext context) =>
        {
            context.Response.ContentType = MediaTypeNames.Application.Json;
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        });
        await app.RunAsync();
        return 0;
    }
}
