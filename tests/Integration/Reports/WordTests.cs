using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Reports;
using FriendCity.Reports.Word;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Reports;

/// <summary>The briefing as a Word document: valid, in the layout of official documents, its map a metafile that others read.</summary>
public sealed class WordTests
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task The_schema_of_Word_finds_nothing_in_it(string language)
    {
        using var document = WordprocessingDocument.Open(new MemoryStream(await DocxAsync(Of(language))), isEditable: false);
        Assert.Equal([], new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2019).Validate(document)
            .Select(fault => $"{fault.Part?.Uri} {fault.Path?.XPath}: {fault.Description}"));
    }

    [Fact]
    public async Task Chinese_is_set_as_official_documents_are()
    {
        var docx = await DocxAsync(Language.Chinese);
        var body = Part(docx, "word/document.xml").Root!.Element(W + "body")!;
        // A4 with a type area of 156 by 225 mm.
        var (size, edge) = (body.Descendants(W + "pgSz").Single(), body.Descendants(W + "pgMar").Single());
        Assert.Equal((156, 225), (Millimetres(size, "w") - Millimetres(edge, "left") - Millimetres(edge, "right"),
            Millimetres(size, "h") - Millimetres(edge, "top") - Millimetres(edge, "bottom")));
        Assert.Equal((37, 28), (Millimetres(edge, "top"), Millimetres(edge, "left")));
        Assert.Equal(("方正小标宋简体", 44), Letters(Line(body, "青岛友城工作简报")));
        Assert.Equal(("黑体", 32), Letters(Line(body, "一、上合“朋友圈”")));
        var text = Line(body, "青岛的“朋友圈”已覆盖统计范围内10个国家的13个城市。");
        Assert.Equal(("仿宋", 32), Letters(text));
        Assert.Equal(("580", "exact", "200"), ((string?)text.Descendants(W + "spacing").Single().Attribute(W + "line"),
            (string?)text.Descendants(W + "spacing").Single().Attribute(W + "lineRule"),
            (string?)text.Descendants(W + "ind").Single().Attribute(W + "firstLineChars")));
        Assert.Contains("SimSun", (string?)Part(docx, "word/fontTable.xml").Descendants(W + "font")
            .Single(font => (string?)font.Attribute(W + "name") == "方正小标宋简体").Element(W + "altName")!.Attribute(W + "val"), StringComparison.Ordinal);
        Assert.Equal(["— 1 —", "— 1 —"], Footers(docx));
    }

    [Fact]
    public async Task The_map_is_a_metafile_with_a_name_for_each_city()
    {
        var docx = await DocxAsync(Language.English);
        using var archive = new ZipArchive(new MemoryStream(docx));
        using var stream = archive.Entries.Single(entry => entry.Name.EndsWith(".emf", StringComparison.Ordinal)).Open();
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        var (names, records, lines) = Read(copy.ToArray());
        var briefing = BriefingText.Write(await ContextAsync());
        Assert.All(briefing.Ties, tie => Assert.Contains(tie.City.NameEn, names));
        Assert.Contains("Qingdao", names);
        Assert.True(lines > briefing.Ties.Count, $"{lines} lines");
        Assert.Equal(records, BitConverter.ToInt32(copy.ToArray(), 52));
    }

    [Fact]
    public void Where_no_place_is_known_there_is_no_map()
    {
        var registry = Rows.TwoCountries().Registry;
        var briefing = BriefingText.Write(new KpiContext(registry, new DateOnly(2022, 1, 1), registry.Of(Scope.Type).Get("S")!, ["OFFICE"],
            new DateOnly(2018, 6, 9)));
        using var archive = new ZipArchive(new MemoryStream(BriefingDocx.Write(briefing, Language.Chinese)));
        Assert.DoesNotContain(archive.Entries, entry => entry.Name.EndsWith(".emf", StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData("zh", 3, 9)]
    [InlineData("en", 2, 6)]
    public async Task LibreOffice_makes_pages_of_it(string language, int least, int most)
    {
        var office = new[] { "/usr/bin/soffice", "/usr/bin/libreoffice" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(office is null, "There is no LibreOffice: install libreoffice-writer-nogui to see the briefing as pages.");
        var folder = Scratch.Folder("briefing");
        try
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, "briefing.docx"), await DocxAsync(Of(language)), TestContext.Current.CancellationToken);
            using var run = Process.Start(new ProcessStartInfo(office,
                [$"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", folder, Path.Combine(folder, "briefing.docx")])
            { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            await Task.WhenAll(run.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
                run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);
            var pdf = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(Path.Combine(folder, "briefing.pdf"), TestContext.Current.CancellationToken));
            Assert.InRange(pdf.Split("/Type/Page/").Length + pdf.Split("/Type/Page\n").Length - 2, least, most);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Language Of(string language) => language == "zh" ? Language.Chinese : Language.English;

    private static async Task<KpiContext> ContextAsync()
    {
        var registry = await SampleRegistry.LoadAsync();
        return Sample.Article.On(registry, DateOnly.MaxValue)!;
    }

    private static async Task<byte[]> DocxAsync(Language language) => BriefingDocx.Write(BriefingText.Write(await ContextAsync()), language);

    private static XDocument Part(byte[] docx, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(docx));
        using var part = archive.GetEntry(name)!.Open();
        return XDocument.Load(part);
    }

    private static IEnumerable<string> Footers(byte[] docx)
    {
        using var archive = new ZipArchive(new MemoryStream(docx));
        return [.. archive.Entries.Where(entry => entry.Name.StartsWith("footer", StringComparison.Ordinal)).Select(entry => Text(Part(docx, entry.FullName).Root!))];
    }

    private static XElement Line(XElement body, string text) => body.Descendants(W + "p").First(line => Text(line) == text);

    private static string Text(XElement part) => string.Concat(part.Descendants(W + "t").Select(text => text.Value));

    private static (string?, int) Letters(XElement line) => ((string?)line.Descendants(W + "rFonts").First().Attribute(W + "eastAsia"),
        (int)line.Descendants(W + "sz").First().Attribute(W + "val")!);

    private static int Millimetres(XElement element, string name) => (int)Math.Round((int)element.Attribute(W + name)! * 25.4 / 1440);

    /// <summary>A metafile by its records: the texts, how many records, how many lines.</summary>
    private static (HashSet<string> Texts, int Records, int Lines) Read(byte[] file)
    {
        var (texts, records, lines) = (new HashSet<string>(), 0, 0);
        Assert.Equal(" EMF", Encoding.ASCII.GetString(file, 40, 4));
        for (var at = 0; at < file.Length; records++)
        {
            var (type, size) = (BitConverter.ToInt32(file, at), BitConverter.ToInt32(file, at + 4));
            Assert.True(size >= 8 && size % 4 == 0 && at + size <= file.Length, $"record {records} of type {type} has {size} bytes");
            if (type == 84)
                texts.Add(Encoding.Unicode.GetString(file, at + BitConverter.ToInt32(file, at + 48), 2 * BitConverter.ToInt32(file, at + 44)));
            lines += type == 87 ? 1 : 0;
            at += size;
        }

        return (texts, records, lines);
    }
}
