using System.Globalization;
using System.Text;
using FriendCity.Http;
using FriendCity.Kpis.Model;
using FriendCity.OpenApi.Building;
using FriendCity.Records;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace FriendCity.OpenApi;

/// <summary>The OpenAPI 3.1 document of this service, made when it is asked for first and the same for everybody.</summary>
internal sealed class ApiDocument
{
    private readonly Lazy<Form> _json;
    private readonly Lazy<Form> _yaml;

    public ApiDocument(RecordTypes types, KpiPresets presets)
    {
        _json = new(() => Write(types, presets, "application/json; charset=utf-8",
            text => new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true })));
        _yaml = new(() => Write(types, presets, "application/yaml; charset=utf-8", text => new OpenApiYamlWriter(text)));
    }

    public Form Json => _json.Value;

    public Form Yaml => _yaml.Value;

    private static Form Write(RecordTypes types, KpiPresets presets, string contentType, Func<TextWriter, IOpenApiWriter> writer)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        DocumentBuilder.Build(types, presets, out _).SerializeAsV31(writer(text));
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new(bytes, contentType, new EntityTagHeaderValue(Preconditions.Tag(bytes)));
    }

    /// <summary>The document in one form, as it is sent.</summary>
    /// <param name="ETag">Of its content, so that every instance gives the same.</param>
    internal sealed record Form(byte[] Content, string ContentType, EntityTagHeaderValue ETag);
}
