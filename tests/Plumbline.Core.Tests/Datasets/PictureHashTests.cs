using Plumbline.Core.Datasets;

namespace Plumbline.Core.Tests.Datasets;

public sealed class PictureHashTests
{
    [Fact]
    public void The_published_difference_hashes_differ_in_four_bits() => Assert.Equal(4, PictureHash.Distance(0xe0f8fef6f2ecfcf4, 0xe0f8eed4d2ecfcf4));

    [Fact]
    public void A_difference_hash_has_a_bit_for_each_cell_that_is_brighter_than_its_right_neighbour()
    {
        var grey = new double[72];
        grey[0] = 1; // the first cell of the first row
        grey[71] = 1; // the last cell of the last row is nobody's left neighbour
        Assert.Equal(0x8000000000000000UL, PictureHash.Of(PictureHashKind.Difference, grey));
    }

    [Fact]
    public void A_perceptual_hash_of_a_single_wave_has_its_frequency()
    {
        // cos with frequency 3 across and 2 down: all strength is in one place, the rest is 0 (or, rounded, as good as that).
        double Wave(int frequency, int cell) => Math.Cos(Math.PI * frequency * ((2 * cell) + 1) / 64.0);
        var grey = Enumerable.Range(0, 32 * 32).Select(at => Wave(3, at % 32) * Wave(2, at / 32)).ToArray();
        var bits = PictureHash.Of(PictureHashKind.Perceptual, grey);
        Assert.NotEqual(0UL, bits & (1UL << (63 - ((2 * 8) + 3))));
    }

    [Theory]
    [InlineData(PictureHashKind.Difference)]
    [InlineData(PictureHashKind.Perceptual)]
    public void Brightness_and_contrast_do_not_count_and_noise_counts_little(PictureHashKind kind) => Law.Holds(random =>
    {
        var (columns, rows) = (PictureHash.Columns(kind), PictureHash.Rows(kind));
        double[] Scene() => [.. Enumerable.Range(0, columns * rows).Select(_ => 0.0)];
        var scene = Scene();
        for (var blob = 0; blob < 12; blob++)
        {
            var (x, y, wide, light) = (random.NextDouble() * columns, random.NextDouble() * rows, columns * (.1 + (random.NextDouble() * .3)), random.NextDouble() * 100);
            for (var at = 0; at < scene.Length; at++) scene[at] += light * Math.Exp(-(Math.Pow((at % columns) - x, 2) + Math.Pow(((at / columns) - y) * columns / rows, 2)) / (2 * wide * wide));
        }

        var other = scene.Select(v => (v * .5) + 20).ToArray();
        var noisy = scene.Select(v => v + random.NextDouble() - .5).ToArray();
        var hash = PictureHash.Of(kind, scene);
        // The mean is itself a frequency, and with it a little of the median: a bit may turn.
        return PictureHash.Distance(hash, PictureHash.Of(kind, other)) <= 2 && PictureHash.Distance(hash, PictureHash.Of(kind, noisy)) <= 10;
    }, 100);

    [Fact]
    public void The_number_of_cells_must_be_that_of_the_hash() => Assert.Throws<ArgumentException>(() => PictureHash.Of(PictureHashKind.Perceptual, new double[72]));
}
