using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using DW = DocumentFormat.OpenXml.Drawing.Wordprocessing;
using P = DocumentFormat.OpenXml.Drawing.Pictures;

namespace FriendCity.Reports.Word;

/// <summary>A metafile as a picture in a line of text.</summary>
internal static class Picture
{
    private const long EmuPerHundredth = 360;

    /// <param name="width">In hundredths of a millimetre.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="words">What a reader who does not see it is told.</param>
    public static Drawing Inline(MainDocumentPart main, byte[] metafile, int width, int height, string words)
    {
        var part = main.AddImagePart(ImagePartType.Emf);
        using (var stream = new MemoryStream(metafile))
            part.FeedData(stream);
        var (wide, high) = (width * EmuPerHundredth, height * EmuPerHundredth);
        return new Drawing(new DW.Inline(
            new DW.Extent { Cx = wide, Cy = high },
            new DW.EffectExtent { LeftEdge = 0, TopEdge = 0, RightEdge = 0, BottomEdge = 0 },
            new DW.DocProperties { Id = 1, Name = "Map", Description = words },
            new DW.NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoChangeAspect = true }),
            new A.Graphic(new A.GraphicData(new P.Picture(
                new P.NonVisualPictureProperties(
                    new P.NonVisualDrawingProperties { Id = 1, Name = "map.emf" }, new P.NonVisualPictureDrawingProperties()),
                new P.BlipFill(new A.Blip { Embed = main.GetIdOfPart(part) }, new A.Stretch(new A.FillRectangle())),
                new P.ShapeProperties(
                    new A.Transform2D(new A.Offset { X = 0, Y = 0 }, new A.Extents { Cx = wide, Cy = high }),
                    new A.PresetGeometry(new A.AdjustValueList()) { Preset = A.ShapeTypeValues.Rectangle })))
            { Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture" }))
        { DistanceFromTop = 0, DistanceFromBottom = 0, DistanceFromLeft = 0, DistanceFromRight = 0 });
    }
}
