using System.IO.Compression;

namespace Plumbline.Formats.Files;

/// <summary>A ZIP archive. Entries with unsafe names, links and duplicates are left out and listed; a declared size over the limits refuses the archive, a lying one stops the read.</summary>
public sealed class ZipTree : IFileTree
{
    private const int UnixTypeMask = 0xF000, UnixLink = 0xA000;
    private readonly SortedDictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private readonly List<RefusedEntry> refused = [];
    private readonly ZipArchive archive;
    private readonly TreeLimits limits;

    /// <param name="stream">A seekable stream; the tree owns it.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="limits">Null for <see cref="TreeLimits.Default"/>.</param>
    /// <exception cref="InvalidDataException">Not a ZIP, or over the limits.</exception>
    public ZipTree(Stream stream, string name, TreeLimits? limits = null)
    {
        Name = name;
        this.limits = limits ?? TreeLimits.Default;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);
            Index();
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <inheritdoc />
    public IReadOnlyList<RefusedEntry> Refused => refused;

    /// <inheritdoc />
    public bool Exists(string path) => entries.ContainsKey(path);

    /// <inheritdoc />
    public Stream OpenRead(string path) => entries.TryGetValue(path, out var entry)
        ? new BoundedStream(entry.Open(), Bound(entry), $"{path} in {Name}")
        : throw new FileNotFoundException($"There is no file {path} in {Name}.", path);

    /// <inheritdoc />
    public string? LocalPath(string path) => null;

    /// <inheritdoc />
    public void Dispose() => archive.Dispose();

    private void Index()
    {
        if (archive.Entries.Count > limits.MaxFiles) throw new InvalidDataException($"{Name} holds {archive.Entries.Count:N0} entries; the limit is {limits.MaxFiles:N0}.");
        long total = 0;
        foreach (var entry in archive.Entries)
        {
            if (entry.FullName.EndsWith('/')) continue;
            if (!TreePath.TryNormalise(entry.FullName, out var path)) refused.Add(new(entry.FullName, "the name leads outside the archive"));
            else if (((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink) refused.Add(new(entry.FullName, "it is a link"));
            else if (entry.IsEncrypted) refused.Add(new(entry.FullName, "it is encrypted"));
            else if (entry.Length > Bound(entry)) throw new InvalidDataException($"{path} in {Name} would unpack to {entry.Length:N0} bytes from {entry.CompressedLength:N0}: refused as a bomb.");
            else if (!entries.TryAdd(path, entry)) refused.Add(new(entry.FullName, "another entry has the same name"));
            else total += entry.Length;
            if (total > limits.MaxTotalBytes) throw new InvalidDataException($"{Name} would unpack to more than {limits.MaxTotalBytes:N0} bytes.");
        }

        Files = [.. entries.Keys];
    }

    private long Bound(ZipArchiveEntry entry) =>
        Math.Min(limits.MaxFileBytes, Math.Max(TreeLimits.RatioFreeBytes, (long)(entry.CompressedLength * limits.MaxRatio)));

    /// <summary>Stops a read that goes past what the archive was allowed.</summary>
    private sealed class BoundedStream(Stream inner, long bound, string what) : Stream
    {
        private long read;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => read;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }

        private int Counted(int count)
        {
            read += count;
            return read <= bound ? count : throw new InvalidDataException($"{what} unpacks to more than {bound:N0} bytes: refused as a bomb.");
        }
    }
}
