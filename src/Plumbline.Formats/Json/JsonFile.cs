using System.Buffers;
using Plumbline.Formats.Reports;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Json;

/// <summary>Walks a JSON document of any size through a window of a megabyte: members of the top object, elements of its arrays. Only the element in hand lies in memory.</summary>
internal sealed class JsonFile : IDisposable
{
    private const int Window = 1 << 20;
    private const int MaxElement = 1 << 28;
    private readonly Stream stream;
    private readonly string file;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Window);
    private long bufferOffset;
    private int at;
    private int end;
    private bool ended;

    /// <param name="stream">At the start of the document; owned by the caller.</param>
    /// <param name="file">Its name for messages.</param>
    public JsonFile(Stream stream, string file)
    {
        this.stream = stream;
        this.file = file;
        if (!Fill()) throw Fault("the file is empty");
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8)) at = 3;
        if (end - at >= 2 && (buffer[at], buffer[at + 1]) is (0xFF, 0xFE) or (0xFE, 0xFF) or (0, _) or (_, 0)) throw Fault("the file is UTF-16 or binary; JSON must be UTF-8");
    }

    /// <summary>Bytes before the next one.</summary>
    public long Offset => bufferOffset + at;

    /// <summary>The next byte that is not white space.</summary>
    /// <exception cref="DatasetFormatException">The file ends.</exception>
    public byte Peek()
    {
        while (true)
        {
            at = JsonSkip.WhiteSpace(buffer.AsSpan(0, end), at);
            if (at < end) return buffer[at];
            if (!Fill()) throw Fault("the file ends in the middle; it is cut off");
        }
    }

    /// <summary>Takes a mark, which must be next.</summary>
    public void Take(byte mark)
    {
        if (Peek() != mark) throw Fault($"'{(char)mark}' was expected, '{(char)buffer[at]}' found");
        at++;
    }

    /// <summary>Takes a mark if it is next.</summary>
    public bool TryTake(byte mark)
    {
        if (Peek() != mark) return false;
        at++;
        return true;
    }

    /// <summary>The next value whole, as bytes; valid until the next call.</summary>
    /// <param name="offset">Where it starts in the file.</param>
    public ReadOnlySpan<byte> Value(out long offset)
    {
        Peek();
        while (true)
        {
            int stop;
            try
            {
                stop = JsonSkip.Value(buffer.AsSpan(0, end), at, ended);
            }
            catch (FormatException e)
            {
                throw Fault(e.Message);
            }

            if (stop != JsonSkip.Incomplete)
            {
                offset = Offset;
                var value = buffer.AsSpan(at, stop - at);
                at = stop;
                return value;
            }

            if (end - at >= MaxElement) throw Fault($"one element is larger than {MaxElement >> 20} MiB");
            if (!Fill()) throw Fault("the file ends in the middle of this element; it is cut off");
        }
    }

    /// <summary>A member's name with its colon.</summary>
    public string Key()
    {
        if (Peek() != (byte)'"') throw Fault("a field name was expected");
        var name = JsonCursor.Text(Value(out _)) ?? throw Fault("a field name is not valid UTF-8");
        Take((byte)':');
        return name;
    }

    /// <summary>Walks the elements of an array that is next: true while there is another.</summary>
    /// <param name="first">Starts as true; kept by this method.</param>
    public bool NextElement(ref bool first, byte open = (byte)'[', byte close = (byte)']')
    {
        if (first) Take(open);
        if (TryTake(close)) return false;
        if (!first) Take((byte)',');
        first = false;
        return true;
    }

    /// <summary>After the top value nothing but white space may follow.</summary>
    public void End()
    {
        while (true)
        {
            at = JsonSkip.WhiteSpace(buffer.AsSpan(0, end), at);
            if (at < end) throw Fault("something follows the end of the document");
            if (!Fill()) return;
        }
    }

    /// <summary>An exception at the present place, with line and column where the stream can be read again.</summary>
    public DatasetFormatException Fault(string message) => new(file, $"not valid JSON: {message}.", LinePosition.Of(stream, Offset));

    /// <inheritdoc />
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
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

        var count = stream.Read(buffer, end, buffer.Length - end);
        end += count;
        ended = count == 0;
        return !ended;
    }
}
