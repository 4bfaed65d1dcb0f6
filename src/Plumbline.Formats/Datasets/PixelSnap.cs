namespace Plumbline.Formats.Datasets;

/// <summary>Pixels that come from shares of a side are snapped to a millionth of a pixel, so that writing and reading again changes nothing.</summary>
internal static class PixelSnap
{
    private const double Steps = 1e6;

    /// <summary>The nearest millionth; numbers over 10^9 as they are.</summary>
    public static double Of(double pixels) => Math.Abs(pixels) < 1e9 ? Math.Round(pixels * Steps) / Steps : pixels;
}
