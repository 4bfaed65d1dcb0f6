namespace Plumbline.Formats.Pictures;

/// <summary>A picture that is in memory, encoded.</summary>
/// <param name="bytes">The file's content.</param>
public sealed class EncodedPicture(byte[] bytes) : DatasetPicture
{
    /// <inheritdoc />
    public override Stream OpenRead() => new MemoryStream(bytes, writable: false);
}
