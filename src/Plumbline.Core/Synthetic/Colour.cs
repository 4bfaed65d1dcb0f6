namespace Plumbline.Core.Synthetic;

/// <summary>A colour with opacity; channels nominally in [0, 1], clamped only when the picture is finished.</summary>
internal readonly record struct Colour(float R, float G, float B, float A = 1)
{
    public static Colour Hex(int rgb) => new((rgb >> 16) / 255f, ((rgb >> 8) & 255) / 255f, (rgb & 255) / 255f);

    public static Colour Grey(double level) => new((float)level, (float)level, (float)level);

    public Colour Scaled(double gain) => new(R * (float)gain, G * (float)gain, B * (float)gain, A);

    public Colour WithAlpha(double alpha) => this with { A = (float)alpha };

    public Colour Mix(Colour other, double share)
    {
        var t = (float)Math.Clamp(share, 0, 1);
        return new Colour(R + (t * (other.R - R)), G + (t * (other.G - G)), B + (t * (other.B - B)), A + (t * (other.A - A)));
    }
}
