using System.Buffers.Binary;

namespace Plumbline.Core.Masks;

/// <summary>Which tile of a label map: the column and row of tiles, from 0 at the image's upper left. <c>default</c> is the first tile.</summary>
public readonly record struct TilePlace
{
    /// <exception cref="ArgumentException">Column or row is negative, or starts beyond int.MaxValue pixels.</exception>
    public TilePlace(int column, int row)
    {
        const int Last = int.MaxValue / LabelTile.Side;
        if (column is < 0 or > Last || row is < 0 or > Last) throw new ArgumentException($"A tile's column and row are whole numbers from 0 to {Last}.");
        (Column, Row) = (column, row);
    }

    /// <summary>Column of tiles.</summary>
    public int Column { get; }

    /// <summary>Row of tiles.</summary>
    public int Row { get; }

    /// <summary>Left pixel column.</summary>
    public int X => Column * LabelTile.Side;

    /// <summary>Top pixel row.</summary>
    public int Y => Row * LabelTile.Side;

    /// <summary>The name of the tile among the ids of a set: a UUID of version 8 that column and row make up, the same in every set.</summary>
    public Guid Id
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            bytes.Clear();
            BinaryPrimitives.WriteInt32BigEndian(bytes, Column);
            (bytes[6], bytes[8]) = (0x80, 0x80);
            BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Row);
            return new Guid(bytes, bigEndian: true);
        }
    }

    /// <summary>Whether an id is a tile's.</summary>
    public static bool IsTile(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return bytes[4..12].SequenceEqual<byte>([0, 0, 0x80, 0, 0x80, 0, 0, 0]);
    }
}
