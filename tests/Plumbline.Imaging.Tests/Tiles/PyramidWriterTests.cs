using Plumbline.Imaging.Tiles;

namespace Plumbline.Imaging.Tests.Tiles;

public sealed class PyramidWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plumbline-tiles-").FullName;

    private string Pyramid => Path.Combine(_folder, "pyramid");

    [Fact]
    public async Task Tiles_of_a_png_are_its_very_pixels_and_each_level_the_mean_of_the_next()
    {
        var picture = Pictures.Gradient(1301, 703);
        var grid = Write(picture.ToPng(), ImageFormat.Png);

        var levels = new List<Raster>();
        for (var level = 0; level < grid.Levels; level++) levels.Add(await JoinAsync(grid, level, ImageFormat.Png));

        Assert.Equal(3, levels.Count);
        Assert.True(picture.Rgb.Span.SequenceEqual(levels[^1].Rgb.Span));
        for (var level = 0; level + 1 < levels.Count; level++) Assert.InRange(Compare.MeanDifference(Halved(levels[level + 1]), levels[level]), 0, 1);
    }

    [Fact]
    public async Task Tiles_of_a_jpeg_are_jpegs_that_look_the_same()
    {
        var picture = Pictures.Gradient(1100, 900);
        var grid = Write(picture.ToJpeg(), ImageFormat.Jpeg);

        Assert.InRange(Compare.MeanDifference(picture, await JoinAsync(grid, grid.Levels - 1, ImageFormat.Jpeg)), 0, 2);
        Assert.Null(await TilePyramid.ReadTileAsync(Pyramid, grid.Levels - 1, 3, 0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Transparent_pixels_stay_transparent()
    {
        var samples = Enumerable.Range(0, 700 * 600).SelectMany(i => (byte[])[200, 10, 10, (byte)(i % 700 < 350 ? 0 : 255)]).ToArray();
        using var image = Vips.VipsImage.FromMemory(samples, 700, 600, 4);
        using var png = new Vips.VipsOperation("pngsave_buffer", image).RunToBlob();
        Write(png.ToArray(), ImageFormat.Png);

        var (bytes, _) = (await TilePyramid.ReadTileAsync(Pyramid, 1, 0, 0, TestContext.Current.CancellationToken)).GetValueOrDefault();

        Assert.True(ImageProbe.Probe(ImageSource.FromBytes(bytes), ImageLimits.Default).HasAlpha);
        Assert.Equal(((byte)255, (byte)255, (byte)255), Compare.Decode(bytes)[0, 0]); // over white
    }

    [Fact]
    public void The_same_picture_gives_the_same_bytes()
    {
        var jpeg = Pictures.Gradient(1100, 900).ToJpeg();
        Write(jpeg, ImageFormat.Jpeg);
        var first = File.ReadAllBytes(Pyramid);
        Write(jpeg, ImageFormat.Jpeg);

        Assert.Equal(first, File.ReadAllBytes(Pyramid));
    }

    [Fact]
    public void A_damaged_picture_is_refused_and_leaves_nothing_behind()
    {
        var jpeg = Pictures.Gradient(1600, 1200).ToJpeg();

        Assert.Equal(RefusalReason.Truncated, Assert.Throws<ImageRefusedException>(() => Write(jpeg[..(jpeg.Length / 2)], ImageFormat.Jpeg)).Refusal.Reason);
        Assert.Equal([Pyramid], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Cutting_tells_how_far_it_is_and_stops_when_told()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<int>();
        var jpeg = Pictures.Gradient(2000, 4000).ToJpeg();

        Assert.ThrowsAny<OperationCanceledException>(() => Write(jpeg, ImageFormat.Jpeg, percent =>
        {
            told.Add(percent);
            if (percent > 0) stop.Cancel();
        }, stop.Token));

        Assert.InRange(told[^1], 1, 99);
        Assert.Equal([Pyramid], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_is_no_pyramid_is_not_read()
    {
        await File.WriteAllTextAsync(Pyramid, "Certainly not a pyramid of tiles.", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidDataException>(() => TilePyramid.ReadTileAsync(Pyramid, 0, 0, 0, TestContext.Current.CancellationToken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private TileGrid Write(byte[] bytes, ImageFormat format, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        using var target = File.Create(Pyramid);
        return PyramidWriter.Write(ImageSource.FromBytes(bytes), format, Path.Combine(_folder, "scratch"), target, progress ?? (_ => { }), cancellation);
    }

    /// <summary>All tiles of a level, put together again.</summary>
    private async Task<Raster> JoinAsync(TileGrid grid, int level, ImageFormat format)
    {
        var (width, height) = grid.SizeOf(level);
        var rgb = new byte[3 * width * height];
        for (var row = 0; row < grid.Rows(level); row++)
        {
            for (var column = 0; column < grid.Columns(level); column++)
            {
                var (bytes, found) = (await TilePyramid.ReadTileAsync(Pyramid, level, column, row, TestContext.Current.CancellationToken)).GetValueOrDefault();
                Assert.Equal(format, found);
                var tile = Compare.Decode(bytes);
                Assert.Equal((Math.Min(grid.Side, width - (column * grid.Side)), Math.Min(grid.Side, height - (row * grid.Side))), (tile.Width, tile.Height));
                for (var y = 0; y < tile.Height; y++)
                {
                    tile.Rgb.Span.Slice(3 * y * tile.Width, 3 * tile.Width).CopyTo(rgb.AsSpan(3 * ((((row * grid.Side) + y) * width) + (column * grid.Side))));
                }
            }
        }

        return new Raster(width, height, rgb);
    }

    /// <summary>Each pixel the mean of four; where the last column or row has no partner, of the two or the one that are there.</summary>
    private static Raster Halved(Raster picture)
    {
        var (width, height) = ((picture.Width + 1) / 2, (picture.Height + 1) / 2);
        var rgb = new byte[3 * width * height];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (right, below) = (Math.Min((2 * x) + 1, picture.Width - 1), Math.Min((2 * y) + 1, picture.Height - 1));
                var four = ((int X, int Y)[])[(2 * x, 2 * y), (right, 2 * y), (2 * x, below), (right, below)];
                for (var band = 0; band < 3; band++) rgb[(3 * ((y * width) + x)) + band] = (byte)(four.Sum(at => picture.Rgb.Span[(3 * ((at.Y * picture.Width) + at.X)) + band]) / 4);
            }
        }

        return new Raster(width, height, rgb);
    }
}
