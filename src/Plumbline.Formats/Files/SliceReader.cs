namespace Plumbline.Formats.Files;

/// <summary>Reads pieces of one file, wherever they stand. What a ZIP holds is spooled first, since it cannot seek.</summary>
internal sealed class SliceReader : IDisposable
{
    private byte[] buffer = [];

    private SliceReader(Stream stream) => Stream = stream;

    /// <summary>The whole file, for a first pass; owned by this reader.</summary>
    public Stream Stream { get; }

    /// <summary>Opens a file of a tree.</summary>
    public static SliceReader Open(IFileTree tree, string path, CancellationToken cancellationToken) => new(SpoolStream.Seekable(tree.OpenRead(path), cancellationToken));

    /// <summary>The bytes at a place; good until the next call.</summary>
    /// <exception cref="EndOfStreamException">The file became shorter since the first pass.</exception>
    public ReadOnlyMemory<byte> Read(long offset, int length)
    {
        if (buffer.Length < length) buffer = new byte[Math.Max(length, (int)Math.Min(Array.MaxLength, 2L * buffer.Length))];
        var slice = buffer.AsMemory(0, length);
        if (Stream is FileStream file)
        {
            for (var done = 0; done < length;)
            {
                var count = RandomAccess.Read(file.SafeFileHandle, slice.Span[done..], offset + done);
                if (count == 0) throw new EndOfStreamException("The file became shorter while it was read.");
                done += count;
            }
        }
        else
        {
            Stream.Position = offset;
            Stream.ReadExactly(slice.Span);
        }

        return slice;
    }

    /// <inheritdoc />
    public void Dispose() => Stream.Dispose();
}
