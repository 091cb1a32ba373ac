using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Contracts;

namespace FriendCity.Tests.Unit.Storage;

/// <summary>Which answers are tried again, how long after, and where it ends; over a transport without a network.</summary>
public sealed class StorageRetryTests
{
    private static readonly StorageAccount Account = StorageAccount.Parse("UseDevelopmentStorage=true");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(408, 4)]
    [InlineData(429, 4)]
    [InlineData(500, 4)]
    [InlineData(502, 4)]
    [InlineData(503, 4)]
    [InlineData(504, 4)]
    [InlineData(400, 1)]
    [InlineData(403, 1)]
    [InlineData(404, 1)]
    [InlineData(409, 1)]
    [InlineData(412, 1)]
    public async Task Faults_of_the_service_are_tried_four_times_and_faults_of_the_request_once(int status, int tries)
    {
        using var wire = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status)));
        var fault = await Assert.ThrowsAsync<StorageException>(() => Tables(wire).SubmitAsync("cities", [TableOperation.Upsert(Row)], Token));
        Assert.Contains(status.ToString(CultureInfo.InvariantCulture), fault.Message, StringComparison.Ordinal);
        Assert.Equal(tries, wire.Requests.Count);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(700 * 1024 * 1024, 10 + 700)]
    public async Task A_try_has_time_for_what_it_sends_besides_the_time_for_an_answer(long bytes, int seconds)
    {
        var policy = new SendTimePolicy(StorageOptions.Default.TryTimeout);
        Assert.Equal(seconds, policy.Of(bytes).TotalSeconds, 1e-4);
        using var wire = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created)));
        var pipeline = new HttpPipeline(wire.Transport, [policy]);
        using var message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("http://127.0.0.1/"));
        message.Request.Content = RequestContent.Create(new byte[10]);
        await pipeline.SendAsync(message, Token);
        Assert.Equal(policy.Of(10), message.NetworkTimeout);
    }

    [Fact]
    public async Task A_connection_that_fails_is_tried_four_times()
    {
        using var wire = new StubHandler((_, _) => throw new HttpRequestException("refused"));
        await Assert.ThrowsAsync<StorageException>(() => Tables(wire).GetAsync("cities", "p", "r", Token));
        Assert.Equal(4, wire.Requests.Count);
    }

    [Fact]
    public async Task Each_try_is_signed()
    {
        using var wire = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)));
        await Assert.ThrowsAsync<StorageException>(() => Tables(wire).GetAsync("cities", "p", "r", Token));
        Assert.Equal(4, wire.Requests.Count);
        Assert.All(wire.Requests, request => Assert.StartsWith("SharedKeyLite devstoreaccount1:", request.Headers.GetValues("Authorization").Single(),
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Retry-After", "2", 2)]
    [InlineData("Retry-After", "7", 7)]
    [InlineData("retry-after-ms", "3500", 3.5)]
    public void Storage_is_waited_for_as_long_as_it_asks(string header, string value, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Delay(1, header, value));

    [Fact]
    public void A_date_in_Retry_After_is_waited_for_too() =>
        Assert.InRange(Delay(1, "Retry-After", TimeProvider.System.GetUtcNow().AddMinutes(1).ToString("r", CultureInfo.InvariantCulture)),
            TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("")]
    public void Garbage_in_Retry_After_leaves_the_delay_to_us(string value) =>
        Assert.InRange(Delay(1, "Retry-After", value), TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(250));

    [Fact]
    public void Delays_double_up_to_the_longest()
    {
        // A fifth of jitter on either side.
        foreach (var (retry, expected) in new[] { (1, 200), (2, 400), (3, 800), (4, 1600), (5, 2000), (40, 2000) })
            Assert.InRange(Delay(retry).TotalMilliseconds, expected * 0.79, expected * 1.21);
    }

    [Fact]
    public async Task A_wait_longer_than_anyone_would_want_ends_the_request_at_once()
    {
        using var wire = new StubHandler((_, _) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "3600" } } }));
        var start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<StorageException>(() => Tables(wire).GetAsync("cities", "p", "r", Token));
        Assert.Single(wire.Requests);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < StorageOptions.Default.RequestTimeout / 3);
    }

    [Fact]
    public async Task The_pipeline_waits_as_asked_and_then_succeeds()
    {
        using var wire = new StubHandler((number, _) => Task.FromResult(number == 1
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Headers = { { "retry-after-ms", "300" } } }
            : new HttpResponseMessage(HttpStatusCode.NotFound)));
        var start = TimeProvider.System.GetTimestamp();
        Assert.Null(await Tables(wire).GetAsync("cities", "p", "r", Token));
        Assert.Equal(2, wire.Requests.Count);
        // Our own delay would have been a few milliseconds.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_try_that_hangs_is_given_up_and_tried_again()
    {
        using var wire = new StubHandler(HangAsync);
        await Assert.ThrowsAsync<StorageException>(() => Tables(wire, StorageClients.Quick with { TryTimeout = TimeSpan.FromMilliseconds(50) })
            .GetAsync("cities", "p", "r", Token));
        Assert.Equal(4, wire.Requests.Count);
    }

    [Fact]
    public async Task All_tries_together_have_a_bound()
    {
        using var wire = new StubHandler(HangAsync);
        await Assert.ThrowsAsync<StorageException>(() => Tables(wire, StorageClients.Quick with { RequestTimeout = TimeSpan.FromMilliseconds(50) })
            .GetAsync("cities", "p", "r", Token));
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Only_the_callers_own_cancellation_is_a_cancellation(int tryNumber)
    {
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var wire = new StubHandler(async (number, _) =>
        {
            if (number == tryNumber)
                await caller.CancelAsync();
            throw new HttpRequestException("reset");
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Tables(wire).GetAsync("cities", "p", "r", caller.Token));
        Assert.Equal(tryNumber, wire.Requests.Count);
    }

    [Fact]
    public async Task The_storage_clock_hears_the_services_answers_and_no_gateways()
    {
        var time = new ManualClock();
        var clock = new StorageClock(time);
        var date = new DateTimeOffset(2026, 3, 25, 12, 0, 0, TimeSpan.Zero);
        var id = false;
        using var wire = new StubHandler((_, _) =>
        {
            time.Pass(TimeSpan.FromSeconds(1));
            var answer = new HttpResponseMessage(HttpStatusCode.NotFound) { Headers = { Date = date } };
            if (id)
                answer.Headers.Add("x-ms-request-id", "1");
            return Task.FromResult(answer);
        });
        var tables = new AzureTableStorage(Account, clock, time, StorageClients.Quick with { Transport = wire.Transport });
        await tables.GetAsync("cities", "p", "r", Token);
        Assert.Null(clock.Now);
        id = true;
        await tables.GetAsync("cities", "p", "r", Token);
        // Between 0 and 1 s to the answer, and 0 to 1 s cut off its Date: the middle is one second on.
        Assert.Equal(date.AddSeconds(1), clock.Now);
    }

    [Fact]
    public async Task A_signature_is_in_each_tries_query_once_and_never_in_a_message()
    {
        const string Signature = "sv=2020-12-06&sig=c2VjcmV0%3D";
        using var wire = new StubHandler((_, _) => throw new HttpRequestException("refused"));
        var account = StorageAccount.Parse($"AccountName=qd;SharedAccessSignature={Signature}");
        var tables = new AzureTableStorage(account, new StorageClock(TimeProvider.System), TimeProvider.System,
            StorageClients.Quick with { Transport = wire.Transport });
        var fault = await Assert.ThrowsAsync<StorageException>(async () =>
        {
            await foreach (var _ in tables.QueryAsync("cities", new TableRange("p"), null, Token))
            {
            }
        });
        Assert.All(wire.Requests, request => Assert.Equal(2, request.RequestUri!.Query.Split(Signature).Length));
        Assert.Contains(Signature, (await First(wire, tables)).RequestUri!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_identity_sends_its_token_for_storage()
    {
        using var wire = new StubHandler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound)));
        var account = StorageAccount.ForIdentity(new Uri("https://qd.table.core.windows.net"), new Uri("https://qd.blob.core.windows.net"),
            new Credential());
        var tables = new AzureTableStorage(account, new StorageClock(TimeProvider.System), TimeProvider.System,
            StorageClients.Quick with { Transport = wire.Transport });
        Assert.Equal("Bearer token for https://storage.azure.com/.default", (await First(wire, tables)).Headers.GetValues("Authorization").Single());
    }

    private static TableRow Row { get; } = new("p", "r", new Dictionary<string, object>());

    private static async Task<HttpRequestMessage> First(StubHandler wire, AzureTableStorage tables)
    {
        wire.Requests.Clear();
        await Record.ExceptionAsync(() => tables.GetAsync("cities", "p", "r", Token));
        return wire.Requests[0];
    }

    private static AzureTableStorage Tables(StubHandler wire, StorageOptions? options = null, TimeProvider? time = null) =>
        new(Account, new StorageClock(time ?? TimeProvider.System), time ?? TimeProvider.System,
            (options ?? StorageClients.Quick) with { Transport = wire.Transport });

    private static TimeSpan Delay(int retry, string? header = null, string? value = null) =>
        new StorageRetryPolicy.Delays(StorageOptions.Default).GetNextDelay(header is null ? null : new HeaderResponse(header, value!), retry);

    private static async Task<HttpResponseMessage> HangAsync(int number, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Nobody gave up.");
    }

    private sealed class Credential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("token for " + requestContext.Scopes[0], DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }
}

/// <summary>A transport that answers as the test says, by the number of the request.</summary>
internal sealed class StubHandler(Func<int, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private HttpClientTransport? _transport;

    public List<HttpRequestMessage> Requests { get; } = [];

    public HttpPipelineTransport Transport => _transport ??= new HttpClientTransport(this);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return answer(Requests.Count, cancellationToken);
    }
}

/// <summary>An answer with one header.</summary>
internal sealed class HeaderResponse(string name, string value) : Azure.Response
{
    public override int Status => 503;

    public override string ReasonPhrase => "";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    public override void Dispose()
    {
    }

    protected override bool ContainsHeader(string header) => header.Equals(name, StringComparison.OrdinalIgnoreCase);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => [new HttpHeader(name, value)];

    protected override bool TryGetHeader(string header, [NotNullWhen(true)] out string? found)
    {
        found = ContainsHeader(header) ? value : null;
        return found is not null;
    }

    protected override bool TryGetHeaderValues(string header, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(header, out var found) ? [found] : null;
        return values is not null;
    }
}
