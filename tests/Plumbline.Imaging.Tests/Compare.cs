namespace Plumbline.Imaging.Tests;

internal static class Compare
{
    /// <summary>Mean absolute difference of all samples, 0 to 255.</summary>
    internal static double MeanDifference(Raster a, Raster b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        var sum = 0L;
        for (var i = 0; i < a.Rgb.Length; i++) sum += Math.Abs(a.Rgb.Span[i] - b.Rgb.Span[i]);
        return (double)sum / a.Rgb.Length;
    }

    internal static Raster Decode(byte[] bytes) => RasterCodec.Decode(ImageSource.FromBytes(bytes), ImageLimits.Default);

    internal static byte[] UprightCopy(byte[] bytes)
    {
        var source = ImageSource.FromBytes(bytes);
        using var copy = new MemoryStream();
        Upright.Write(source, ImageProbe.Probe(source, ImageLimits.Default), copy);
        return copy.ToArray();
    }
}
