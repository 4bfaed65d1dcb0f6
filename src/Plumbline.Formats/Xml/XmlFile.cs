using System.Buffers;
using System.Text;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Xml;

/// <summary>Walks the children of an XML document's root through a window of a megabyte. Only the child in hand lies in memory; what is in it is not judged yet.</summary>
internal sealed class XmlFile : IDisposable
{
    private const int Window = 1 << 20;
    private const int MaxChild = 1 << 28;
    private readonly Stream stream;
    private readonly string file;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Window);
    private long bufferOffset;
    private int at;
    private int end;
    private bool ended;
    private int lines;

    /// <param name="stream">At the start of the document; owned by the caller.</param>
    /// <param name="file">Its name for messages.</param>
    /// <exception cref="DatasetFormatException">Not XML in UTF-8, or it has a DTD.</exception>
    public XmlFile(Stream stream, string file)
    {
        this.stream = stream;
        this.file = file;
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) at = 3;
        if (end - at >= 2 && (buffer[at], buffer[at + 1]) is (0xFF, 0xFE) or (0xFE, 0xFF) or (0, _) or (_, 0)) throw Fault("the file is UTF-16 or binary; save it as UTF-8");
        CheckEncoding();
        at = Find(XmlSkip.Misc, "there is no element");
        var stop = Find(XmlSkip.Tag, "the first tag does not close");
        var root = new XmlTag(buffer.AsSpan(at, stop - at));
        Root = Encoding.UTF8.GetString(root.Name);
        IsEmpty = buffer[stop - 2] == (byte)'/';
        Line += buffer.AsSpan(0, stop).Count((byte)'\n');
        at = stop;
    }

    /// <summary>The root's name.</summary>
    public string Root { get; }

    /// <summary>The line of the child in hand, from 1.</summary>
    public int Line { get; private set; } = 1;

    private bool IsEmpty { get; }

    /// <summary>The next child of the root whole, as bytes; good until the next call. False after the last.</summary>
    /// <param name="child">From its <c>&lt;</c> to the <c>&gt;</c> of its end tag.</param>
    /// <param name="offset">Where it starts in the file.</param>
    /// <exception cref="DatasetFormatException">The file is cut off or not XML.</exception>
    public bool Next(out ReadOnlySpan<byte> child, out long offset)
    {
        child = default;
        offset = 0;
        if (IsEmpty) return false;
        var next = Find(XmlSkip.Misc, "the file ends in the middle; it is cut off");
        Line += buffer.AsSpan(at, next - at).Count((byte)'\n') + lines;
        at = next;
        if (buffer[at + 1] == (byte)'/') return false;
        var stop = Find(XmlSkip.Element, "the file ends in the middle of this element; it is cut off");
        offset = bufferOffset + at;
        child = buffer.AsSpan(at, stop - at);
        lines = child.Count((byte)'\n');
        at = stop;
        return true;
    }

    /// <summary>An exception at a place of the file, with line and column where the stream can be read again.</summary>
    public DatasetFormatException Fault(string message, long? offset = null) => new(file, $"not valid XML: {message}.", LinePosition.Of(stream, offset ?? bufferOffset + at));

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private delegate int Search(ReadOnlySpan<byte> xml, int at);

    private int Find(Search search, string fault)
    {
        while (true)
        {
            int stop;
            try
            {
                stop = search(buffer.AsSpan(0, end), at);
            }
            catch (FormatException e)
            {
                throw Fault(e.Message);
            }

            if (stop != XmlSkip.Incomplete) return stop;
            if (end - at >= MaxChild) throw Fault($"one element is larger than {MaxChild >> 20} MiB");
            if (!Fill()) throw Fault(fault);
        }
    }

    private void CheckEncoding()
    {
        var head = buffer.AsSpan(at, end - at);
        if (!head.StartsWith("<?xml"u8) || head.IndexOf("?>"u8) is not (var close and >= 0)) return;
        var encoding = new XmlTag(head[1..(close + 2)]).Text("encoding"u8);
        if (encoding is not null && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("us-ascii", StringComparison.OrdinalIgnoreCase)) throw Fault($"the encoding is {encoding}; save it as UTF-8");
    }

    // Slides what is left to the front, grows when it fills the buffer, reads more.
    private bool Fill()
    {
        if (ended) return false;
        if (at > 0)
        {
            buffer.AsSpan(at, end - at).CopyTo(buffer);
            bufferOffset += at;
            end -= at;
            at = 0;
        }
        else if (end == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        var count = stream.ReadAtLeast(buffer.AsSpan(end), buffer.Length - end, throwOnEndOfStream: false);
        end += count;
        ended = count == 0;
        return !ended;
    }
}
