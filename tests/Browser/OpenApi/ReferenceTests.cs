using System.IO.Compression;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.OpenApi;

/// <summary>The reference and the start page, as people and programs see them.</summary>
public sealed class ReferenceTests(Azurite azurite, ChromiumBrowser browser)
{
    // Scalar may copy an answer a few times to show it, and not once for each of its tokens, which holds the page for a third of a minute.
    private const string CountsCopies = """
        globalThis.copied = 0;
        const substring = String.prototype.substring;
        String.prototype.substring = function (...range) {
          const part = substring.apply(this, range);
          copied += part.length;
          return part;
        };
        """;

    [Fact]
    public async Task A_reader_tries_a_request_with_a_key_and_nothing_comes_from_elsewhere()
    {
        var app = await azurite.SampleOfficeAsync();
        await using var context = await browser.NewContextAsync(new() { Locale = "zh-CN", BaseURL = app.Address.AbsoluteUri });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                faults.Add(message.Text);
        };
        page.PageError += (_, fault) => faults.Add(fault);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(app.Address.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:",
                StringComparison.Ordinal))
                faults.Add($"asks {request.Url}");
        };
        await page.AddInitScriptAsync(CountsCopies);
        await page.GotoAsync("/docs#tag/kpis/GET/api/v1/kpis");
        await page.GetByText("Test Request").First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("input:not([type=checkbox])").First.FillAsync(app.Key);
        var answer = await page.RunAndWaitForResponseAsync(
            () => dialog.GetByRole(AriaRole.Button, new() { Name = "Send" }).First.ClickAsync(),
            response => response.Url.Contains("/api/v1/kpis", StringComparison.Ordinal));
        Assert.Equal(200, answer.Status);
        // What changes an answer is the reader's choice: no preference, no key of one request goes along by itself.
        Assert.DoesNotContain((await answer.Request.AllHeadersAsync()).Keys, header => header is "prefer" or "idempotency-key");
        await dialog.GetByText("\"asOf\"").First.WaitForAsync();
        Assert.InRange(await page.EvaluateAsync<double>("copied"), 0, 20 * (await answer.TextAsync()).Length);
        Assert.Equal("FriendCity 接口文档", await page.TitleAsync());
        var kept = await page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])");
        Assert.DoesNotContain(app.Key, kept, StringComparison.Ordinal);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task No_script_stands_in_the_page_and_none_may()
    {
        using var client = (await azurite.SampleOfficeAsync()).NewClient();
        var page = (await client.CallAsync("GET", "/docs", null, [("Accept-Language", "en")])).Is(200);
        Assert.Contains("script-src 'self';", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.All(page.Text.Split("<script").Skip(1), script => Assert.Matches("^ src=\"/docs/assets/[a-z.]+\"></script>", script));
        Assert.DoesNotContain("http", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scalar.js", "text/javascript; charset=utf-8")]
    [InlineData("favicon.svg", "image/svg+xml")]
    [InlineData("start.js", "text/javascript; charset=utf-8")]
    [InlineData("start.css", "text/css; charset=utf-8")]
    public async Task Its_files_come_in_either_form_and_once(string name, string type)
    {
        using var client = (await azurite.SampleOfficeAsync()).NewClient();
        var plain = (await client.CallAsync("GET", $"/docs/assets/{name}", null, [])).Is(200);
        Assert.Equal(type, plain.Headers["Content-Type"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/docs/assets/{name}");
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        using var packed = await client.SendAsync(request);
        Assert.Equal("gzip", Assert.Single(packed.Content.Headers.ContentEncoding));
        await using var unpacked = new GZipStream(await packed.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(plain.Text, await reader.ReadToEndAsync());
        (await client.CallAsync("GET", $"/docs/assets/{name}", null,
            [("If-None-Match", packed.Headers.ETag!.Tag), ("Accept-Encoding", "gzip")])).Is(304);
        (await client.CallAsync("GET", $"/docs/assets/{name}", null, [("If-None-Match", plain.ETag!)])).Is(304);
    }

    [Theory]
    [InlineData("nothing.js")]
    [InlineData("Start.js")]
    [InlineData("..%2fexamples.json")]
    public async Task There_are_no_others(string name)
    {
        using var client = (await azurite.SampleOfficeAsync()).NewClient();
        (await client.CallAsync("GET", $"/docs/assets/{name}", null, [])).IsProblem(404, "not_found");
    }

    [Theory]
    [InlineData("zh-CN", 1200, "友城登记与指标", "接口文档")]
    [InlineData("en-US", 390, "Friend cities", "API reference")]
    public async Task The_start_page_leads_a_person_on(string locale, int width, string title, string link)
    {
        var app = await azurite.SampleOfficeAsync();
        await using var context = await browser.NewContextAsync(new()
        {
            Locale = locale,
            BaseURL = app.Address.AbsoluteUri,
            ViewportSize = new() { Width = width, Height = 800 },
        });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => faults.Add(message.Text);
        await page.GotoAsync("/");
        Assert.Equal(title, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        foreach (var way in await page.Locator("main a").AllAsync())
            Assert.Equal(200, (await context.APIRequest.GetAsync((await way.GetAttributeAsync("href"))!)).Status);
        await page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/docs");
        Assert.DoesNotContain(faults, fault => fault.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("application/json")]
    [InlineData("text/html;q=0, */*")]
    public async Task A_program_gets_a_line(string? accept)
    {
        using var client = (await azurite.SampleOfficeAsync()).NewClient();
        var reply = (await client.CallAsync("GET", "/", null, accept is null ? [] : [("Accept", accept)])).Is(200);
        Assert.Equal("text/plain; charset=utf-8", reply.Headers["Content-Type"]);
        Assert.Equal("FriendCity is running. Its API is described at /openapi.json.\n", reply.Text);
    }
}
