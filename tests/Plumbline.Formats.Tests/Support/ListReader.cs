using Plumbline.Formats.Datasets;
using Plumbline.Formats.Pictures;

namespace Plumbline.Formats.Tests.Support;

/// <summary>A dataset made in memory.</summary>
internal sealed class ListReader(DatasetHeader header, IReadOnlyList<DatasetItem> items) : DatasetReader
{
    public override DatasetHeader Header => header;

    public IReadOnlyList<DatasetItem> Items => items;

    public override async IAsyncEnumerable<DatasetItem> ReadItemsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        foreach (var item in items) yield return item;
    }
}

/// <summary>A picture of a given size: the header of a PNG, which is all that readers look at.</summary>
internal sealed class HeaderPicture(PictureSize size) : DatasetPicture
{
    public static byte[] Bytes(int width, int height)
    {
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    public override Stream OpenRead() => new MemoryStream(Bytes(size.Width, size.Height));
}
