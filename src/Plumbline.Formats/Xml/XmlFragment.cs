using System.Runtime.InteropServices;
using System.Xml;

namespace Plumbline.Formats.Xml;

/// <summary>Opens one element that lies in memory: no DTD, no entities from outside. Elements and text only.</summary>
internal static class XmlFragment
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        ConformanceLevel = ConformanceLevel.Fragment,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        NameTable = new NameTable(),
    };

    /// <summary>A reader that stands on the element's start tag.</summary>
    /// <exception cref="XmlException">Not well-formed.</exception>
    public static XmlReader Open(ReadOnlyMemory<byte> element)
    {
        var stream = MemoryMarshal.TryGetArray(element, out var array) && array.Array is { } bytes ? new MemoryStream(bytes, array.Offset, array.Count, writable: false) : new MemoryStream(element.ToArray(), writable: false);
        var settings = Settings.Clone();
        settings.NameTable = new NameTable();
        var xml = XmlReader.Create(stream, settings);
        xml.MoveToContent();
        return xml;
    }
}
