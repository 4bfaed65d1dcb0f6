using System.IO.Compression;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Files;

/// <summary>A ZIP with fixed time stamps and entries in the order of writing: same files, same bytes. Pictures are stored, text is deflated.</summary>
/// <param name="output">Where the archive goes; owned by the caller.</param>
/// <param name="onCommit">Called when the archive is complete; null for nothing.</param>
/// <param name="onAbandon">Called when it is disposed of without a commit; null for nothing.</param>
public sealed class ZipTarget(Stream output, Action? onCommit = null, Action? onAbandon = null) : TreeTarget
{
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ZipArchive archive = new(output, ZipArchiveMode.Create, leaveOpen: true);
    private bool committed;

    /// <summary>A file of the archive. A ZIP takes one entry at a time, so what is written waits in a spool and goes in when the stream is closed.</summary>
    public override Stream Create(string path)
    {
        Check(path);
        return new SpoolStream(content =>
        {
            content.Position = 0;
            using var entry = Open(path);
            content.CopyTo(entry, 1 << 16);
        });
    }

    /// <inheritdoc />
    public override void Write(string path, ReadOnlySpan<byte> content)
    {
        Check(path);
        using var entry = Open(path);
        entry.Write(content);
    }

    /// <inheritdoc />
    protected override void Put(string path, DatasetPicture picture, PictureMode mode)
    {
        Check(path);
        using var source = picture.OpenRead();
        using var entry = Open(path);
        source.CopyTo(entry, 1 << 16);
    }

    /// <inheritdoc />
    public override void Commit()
    {
        archive.Dispose();
        committed = true;
        onCommit?.Invoke();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (committed) return;
        try
        {
            archive.Dispose();
        }
        catch (IOException)
        {
            // It ends the archive's directory, which a full disk refuses; the archive goes anyway.
        }
        finally
        {
            onAbandon?.Invoke();
        }
    }

    private Stream Open(string path)
    {
        var packed = TreePath.Extension(path) is ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif" or ".zip";
        var entry = archive.CreateEntry(path, packed ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
        entry.LastWriteTime = Epoch;
        return entry.Open();
    }
}
