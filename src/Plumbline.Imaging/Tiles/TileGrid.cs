namespace Plumbline.Imaging.Tiles;

/// <summary>
/// How a picture is cut: into square tiles, at its full size and at halves of it until one tile holds all. Level 0 is the smallest, the last the picture itself. Tiles of the last
/// column and row are as small as what is left.
/// </summary>
public sealed class TileGrid
{
    /// <summary>Columns and rows of pixels in a tile of new pyramids.</summary>
    public const int DefaultSide = 512;

    private readonly long[] _before;

    /// <summary>The grid of a picture.</summary>
    /// <param name="width">Width of the upright picture in pixels, at least 1.</param>
    /// <param name="height">Height of it in pixels, at least 1.</param>
    /// <param name="side">Width and height of a tile in its own pixels, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than its least.</exception>
    public TileGrid(int width, int height, int side = DefaultSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(side, 2);
        (Width, Height, Side) = (width, height, side);
        Levels = 1;
        while (Math.Max(SizeOver(Levels - 1).Width, SizeOver(Levels - 1).Height) > side) Levels++;
        _before = new long[Levels + 1];
        for (var level = 0; level < Levels; level++) _before[level + 1] = _before[level] + ((long)Columns(level) * Rows(level));
    }

    /// <summary>Width of the full picture in pixels.</summary>
    public int Width { get; }

    /// <summary>Height of the full picture in pixels.</summary>
    public int Height { get; }

    /// <summary>Width and height of a tile in its own pixels.</summary>
    public int Side { get; }

    /// <summary>How many sizes there are.</summary>
    public int Levels { get; }

    /// <summary>Tiles of all levels together.</summary>
    public long Count => _before[Levels];

    /// <summary>Width and height of a level in its own pixels: of each two of the next level one, rounded up.</summary>
    public (int Width, int Height) SizeOf(int level) => SizeOver(Levels - 1 - level);

    /// <summary>Columns of tiles of a level.</summary>
    public int Columns(int level) => (SizeOf(level).Width + Side - 1) / Side;

    /// <summary>Rows of tiles of a level.</summary>
    public int Rows(int level) => (SizeOf(level).Height + Side - 1) / Side;

    /// <summary>The place of a tile among all: level by level, row by row. Null when there is no such tile.</summary>
    public long? IndexOf(int level, int column, int row)
    {
        if (level < 0 || level >= Levels || column < 0 || row < 0 || column >= Columns(level) || row >= Rows(level)) return null;
        return _before[level] + ((long)row * Columns(level)) + column;
    }

    private (int Width, int Height) SizeOver(int halvings)
    {
        var (width, height) = (Width, Height);
        for (var i = 0; i < halvings; i++) (width, height) = ((width / 2) + (width & 1), (height / 2) + (height & 1));
        return (width, height);
    }
}
