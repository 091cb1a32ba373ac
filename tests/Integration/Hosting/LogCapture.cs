using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Hosting;

internal sealed record LogLine(LogLevel Level, string Message, string Scopes);

/// <summary>Keeps every line that is logged, with the scopes around it.</summary>
internal sealed class LogCapture : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<LogLine> _lines = [];
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Capturing(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Capturing(LogCapture owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string?>();
            owner._scopes.ForEachScope((scope, list) => list.Add(scope?.ToString()), scopes);
            owner._lines.Enqueue(new LogLine(logLevel, formatter(state, exception), string.Join(" | ", scopes)));
        }
    }
}
