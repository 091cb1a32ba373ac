using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Integration.Infra;

/// <summary>Settings that remember which of them were asked for, whether they are there or not.</summary>
internal sealed class AskedSettings : ConfigurationProvider, IConfigurationSource
{
    private AskedSettings(Dictionary<string, string?> settings) => Data = settings;

    public HashSet<string> Asked { get; } = [];

    public static (IConfiguration Configuration, AskedSettings Settings) Of(Dictionary<string, string?> settings)
    {
        var source = new AskedSettings(settings);
        return (new ConfigurationBuilder().Add(source).Build(), source);
    }

    public override bool TryGet(string key, out string? value)
    {
        Asked.Add(key);
        return base.TryGet(key, out value);
    }

    public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
}
