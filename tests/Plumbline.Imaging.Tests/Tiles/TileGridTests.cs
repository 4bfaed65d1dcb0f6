using Plumbline.Imaging.Tiles;

namespace Plumbline.Imaging.Tests.Tiles;

public sealed class TileGridTests
{
    [Theory]
    [InlineData(1, 1, 1, 1)] // one pixel is one tile
    [InlineData(512, 512, 1, 1)] // exactly one tile
    [InlineData(513, 10, 2, 3)] // one pixel more needs a second size
    [InlineData(1300, 700, 3, 9)] // 3 × 2, 2 × 1 and one
    [InlineData(32_768, 32_768, 7, 5461)] // a gigapixel
    [InlineData(65_500, 1, 8, 255)] // long and thin
    public void Halves_until_one_tile_holds_all(int width, int height, int levels, long tiles)
    {
        var grid = new TileGrid(width, height);

        Assert.Equal((levels, tiles), (grid.Levels, grid.Count));
        Assert.Equal((width, height), grid.SizeOf(levels - 1));
        Assert.Equal((1, 1), (grid.Columns(0), grid.Rows(0)));
    }

    [Fact]
    public void Every_tile_has_a_number_of_its_own_and_others_have_none()
    {
        var grid = new TileGrid(2100, 1050, 256);

        var numbers = from level in Enumerable.Range(0, grid.Levels) from row in Enumerable.Range(0, grid.Rows(level)) from column in Enumerable.Range(0, grid.Columns(level)) select grid.IndexOf(level, column, row);

        Assert.Equal(Enumerable.Range(0, (int)grid.Count).Select(number => (long?)number), numbers);
        foreach (var (level, column, row) in ((int, int, int)[])[(-1, 0, 0), (grid.Levels, 0, 0), (0, 1, 0), (0, 0, 1), (0, -1, 0), (0, 0, -1), (int.MaxValue, int.MaxValue, int.MaxValue)])
        {
            Assert.Null(grid.IndexOf(level, column, row));
        }
    }
}
