namespace FriendCity.Storage;

/// <summary>Reads the text of the setting AzureWebJobsStorage.</summary>
internal static class ConnectionString
{
    // Published with every storage emulator: this pair is no secret.
    private const string EmulatorName = "devstoreaccount1";
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static StorageAccount Parse(string text)
    {
        var settings = Settings(text);
        if (settings.TryGetValue("UseDevelopmentStorage", out var development))
            return bool.TryParse(development, out var use) && use ? Emulator() : throw Bad("says UseDevelopmentStorage, but not =true");
        return new StorageAccount(Endpoint(settings, "Table"), Endpoint(settings, "Blob"), Access(settings));
    }

    private static StorageAccount Emulator() => new(
        new Uri($"http://127.0.0.1:10002/{EmulatorName}"),
        new Uri($"http://127.0.0.1:10000/{EmulatorName}"),
        new StorageAccess.SharedKey(EmulatorName, Convert.FromBase64String(EmulatorKey)));

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // Only the first = separates: keys and signatures end in more of them. The part itself is not shown: it may be a lone key.
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw Bad("has a part that is not name=value");
            if (!settings.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
                throw Bad("has a name twice");
        }

        return settings.Count > 0 ? settings : throw Bad("is empty");
    }

    private static Uri Endpoint(Dictionary<string, string> settings, string service)
    {
        if (settings.TryGetValue(service + "Endpoint", out var given))
            return Absolute(given) ?? throw Bad($"has a {service}Endpoint that is not an http or https address without a query");
        var name = settings.GetValueOrDefault("AccountName") ?? throw Bad($"names neither AccountName nor {service}Endpoint");
        var protocol = settings.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = settings.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return Absolute($"{protocol}://{name}.{service.ToLowerInvariant()}.{suffix}")
            ?? throw Bad("has an AccountName, EndpointSuffix or DefaultEndpointsProtocol that gives no address");
    }

    private static Uri? Absolute(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0 ? uri : null;

    private static StorageAccess Access(Dictionary<string, string> settings)
    {
        if (settings.TryGetValue("AccountKey", out var text))
        {
            var name = settings.GetValueOrDefault("AccountName") ?? throw Bad("has an AccountKey but no AccountName");
            var key = new byte[text.Length];
            return text.Length > 0 && Convert.TryFromBase64String(text, key, out var length)
                ? new StorageAccess.SharedKey(name, key[..length])
                : throw Bad("has an AccountKey that is not base64");
        }

        return settings.TryGetValue("SharedAccessSignature", out var signature) && signature.Length > 0
            ? new StorageAccess.Signature(signature.TrimStart('?'))
            : throw Bad("has neither AccountKey nor SharedAccessSignature");
    }

    private static FormatException Bad(string what) => new($"The storage connection string {what}.");
}
