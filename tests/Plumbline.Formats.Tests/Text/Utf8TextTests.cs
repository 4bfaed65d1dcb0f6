using System.Globalization;
using System.Text;
using Plumbline.Formats.Text;

namespace Plumbline.Formats.Tests.Text;

public sealed class Utf8TextTests
{
    [Theory]
    [InlineData(0, 10, "0")]
    [InlineData(-0.0, 10, "0")]
    [InlineData(1, 10, "1")]
    [InlineData(0.4, 10, "0.4")]
    [InlineData(0.347658, 10, "0.347658")]
    [InlineData(1.0 / 3, 10, "0.3333333333")]
    [InlineData(2.0 / 3, 3, "0.667")]
    [InlineData(-0.05, 10, "-0.05")]
    [InlineData(-0.00000000001, 10, "0")]
    [InlineData(0.99999999999, 10, "1")]
    [InlineData(123.0625, 3, "123.062")]
    [InlineData(1e300, 10, "1E+300")]
    public void A_number_is_rounded_to_its_decimals_without_zeros_at_the_end(double number, int decimals, string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(new Utf8Text().Add(number, decimals).Written));

    [Fact]
    public void Rounding_to_decimals_loses_at_most_half_a_step()
    {
        var random = new Random(3);
        for (var round = 0; round < 100_000; round++)
        {
            var (number, decimals) = ((random.NextDouble() * 4) - 2, random.Next(16));
            var text = Encoding.UTF8.GetString(new Utf8Text().Add(number, decimals).Written);
            Assert.InRange(Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - number), 0, (0.5 * Math.Pow(10, -decimals)) + 1e-15);
        }
    }
}
