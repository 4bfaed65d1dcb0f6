namespace Plumbline.Formats.Files;

/// <summary>The beginning of a file, from which it is judged what the file is.</summary>
internal static class FileHead
{
    /// <summary>Up to so many bytes, without a byte order mark.</summary>
    public static ReadOnlySpan<byte> Read(IFileTree tree, string path, int bytes)
    {
        var head = new byte[bytes];
        using var stream = tree.OpenRead(path);
        ReadOnlySpan<byte> read = head.AsSpan(0, stream.ReadAtLeast(head, bytes, throwOnEndOfStream: false));
        return read.StartsWith("\uFEFF"u8) ? read[3..] : read;
    }
}
