using Plumbline.Core.Annotations;
using Plumbline.Core.Masks;

namespace Plumbline.Core.Tests.Masks;

public class LabelMapTests
{
    private const int Side = LabelTile.Side;

    [Fact]
    public void A_tile_holds_the_pixels_that_it_was_made_of_and_survives_json() =>
        Law.Holds(random =>
        {
            var (pixels, place) = (Pixels(random), new TilePlace(random.Next(40), random.Next(40)));
            var placed = new PlacedTile(place, LabelTile.FromPixels(pixels), random.Next(9));
            var read = LabelTileJson.Parse(LabelTileJson.ToUtf8(placed));
            return read == placed && PixelsOf(read.Tile).SequenceEqual(pixels) && TilePlace.IsTile(place.Id);
        }, 60);

    [Fact]
    public void Tiles_give_every_segment_its_pixels_and_no_pixel_two() =>
        Law.Holds(random =>
        {
            var (left, below) = (Pixels(random), Pixels(random));
            PlacedTile[] tiles = [new(new TilePlace(1, 0), LabelTile.FromPixels(left), 1), new(new TilePlace(2, 3), LabelTile.FromPixels(below), 1)];
            var masks = LabelMap.MasksOf(tiles);
            return masks.Values.Sum(mask => mask.Area) == left.Concat(below).Count(id => id != Guid.Empty)
                && Enumerable.Range(0, 400).All(_ =>
                {
                    var at = random.Next(Side * Side);
                    return IsOf(masks, left[at], Side + (at % Side), at / Side) && IsOf(masks, below[at], (2 * Side) + (at % Side), (3 * Side) + (at / Side));
                });
        }, 60);

    [Fact]
    public void Reaching_beyond_the_image_is_what_a_look_at_every_pixel_says() =>
        Law.Holds(random =>
        {
            var pixels = Pixels(random);
            var (columns, rows) = (random.Next(Side + 1), random.Next(Side + 1));
            if (random.Next(2) == 0)
            {
                for (var i = 0; i < pixels.Length; i++)
                {
                    if (i % Side >= columns || i / Side >= rows) pixels[i] = Guid.Empty;
                }
            }

            var beyond = Enumerable.Range(0, pixels.Length).Any(i => pixels[i] != Guid.Empty && (i % Side >= columns || i / Side >= rows));
            return LabelTile.FromPixels(pixels).ReachesBeyond(columns, rows) == beyond;
        }, 100);

    [Fact]
    public void Ids_of_people_are_never_those_of_tiles() => Law.Holds(random =>
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return !TilePlace.IsTile(Guid.CreateVersion7()) && !TilePlace.IsTile(Guid.NewGuid()) && !TilePlace.IsTile(new Guid(bytes));
    });

    private static bool IsOf(Dictionary<Guid, Mask> masks, Guid segment, int column, int row) =>
        masks.All(mask => mask.Value.Contains(column, row) == (mask.Key == segment));

    /// <summary>Patches, stripes or noise of some segments.</summary>
    private static Guid[] Pixels(Random random)
    {
        var ids = Enumerable.Range(0, random.Next(1, 6)).Select(_ => Guid.NewGuid()).Prepend(Guid.Empty).ToArray();
        var (kind, size) = (random.Next(3), random.Next(1, 80));
        return [.. Enumerable.Range(0, Side * Side).Select(i => ids[(kind switch { 0 => i / size, 1 => (i % Side / size) + (i / Side / size), _ => random.Next(ids.Length) }) % ids.Length])];
    }

    private static IEnumerable<Guid> PixelsOf(LabelTile tile) => tile.Runs.SelectMany(run => Enumerable.Repeat(run.Label == 0 ? Guid.Empty : tile.Segments[run.Label - 1], run.Length));
}
