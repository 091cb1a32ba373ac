using System.Text;
using System.Xml;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Reads answers with Microsoft.OData's own readers, the nearest thing to Power Query that runs here.</summary>
internal static class FeedReader
{
    public static async Task<IEdmModel> ModelAsync(TestApp app)
    {
        using var xml = XmlReader.Create(new StringReader((await app.FeedAsync("/odata/$metadata")).Is(200).Text));
        Assert.True(CsdlReader.TryParse(xml, out var model, out var errors), string.Join("; ", errors));
        return model;
    }

    public static ODataServiceDocument ReadRoot(Reply reply, IEdmModel model)
    {
        using var reader = Reader(reply, model);
        return reader.ReadServiceDocument();
    }

    /// <summary>The rows of a page, its count and the link to the next.</summary>
    public static (IReadOnlyList<ODataResource> Rows, long? Count, Uri? Next) ReadPage(Reply reply, IEdmModel model, string set)
    {
        var (rows, count, next, depth) = (new List<ODataResource>(), (long?)null, (Uri?)null, 0);
        using var messages = Reader(reply, model);
        var entities = model.EntityContainer.FindEntitySet(set);
        var reader = messages.CreateODataResourceSetReader(entities, entities.EntityType);
        while (reader.Read())
        {
            depth += reader.State switch { ODataReaderState.ResourceStart => 1, ODataReaderState.ResourceEnd => -1, _ => 0 };
            if (reader is { State: ODataReaderState.ResourceEnd, Item: ODataResource row } && depth == 0)
                rows.Add(row);
            if (reader is { State: ODataReaderState.ResourceSetEnd, Item: ODataResourceSet end } && depth == 0)
                (count, next) = (end.Count, end.NextPageLink);
        }

        return (rows, count, next);
    }

    private static ODataMessageReader Reader(Reply reply, IEdmModel model)
    {
        var settings = new ODataMessageReaderSettings { MaxProtocolVersion = ODataVersion.V4, Validations = ValidationKinds.All };
        return new(new Message(reply), settings, model);
    }

    private sealed class Message(Reply reply) : IODataResponseMessage
    {
        public int StatusCode
        {
            get => reply.Status;
            set => throw new NotSupportedException();
        }

        public IEnumerable<KeyValuePair<string, string>> Headers => reply.Headers;

        public string? GetHeader(string headerName) => reply.Headers.GetValueOrDefault(headerName);

        public void SetHeader(string headerName, string headerValue) => throw new NotSupportedException();

        public Stream GetStream() => new MemoryStream(Encoding.UTF8.GetBytes(reply.Text));
    }
}
