namespace Plumbline.Core.Synthetic;

/// <summary>Smooth, seeded value noise for textures; repeats every 256 lattice points.</summary>
internal sealed class Noise
{
    private readonly uint seed;
    private readonly byte[] order = new byte[512];
    private readonly float[] values = new float[256];

    public Noise(int seed)
    {
        this.seed = (uint)seed * 0xC2B2AE3Du;
        for (var i = 0; i < 256; i++)
        {
            order[i] = (byte)i;
            values[i] = Lattice(i, -1);
        }

        new Random(seed).Shuffle(order.AsSpan(0, 256));
        order.AsSpan(0, 256).CopyTo(order.AsSpan(256));
    }

    /// <summary>Noise in [0, 1] that varies over distances of about 1.</summary>
    public float At(double x, double y)
    {
        var (floorX, floorY) = (Math.Floor(x), Math.Floor(y));
        var (u, v) = (Smooth((float)(x - floorX)), Smooth((float)(y - floorY)));
        var (column, row) = ((int)floorX & 255, (int)floorY & 255);
        var (left, right) = (order[column] + row, order[column + 1] + row);
        var (a, b, c, d) = (values[order[left]], values[order[right]], values[order[(left + 1) & 511]], values[order[(right + 1) & 511]]);
        var top = a + (u * (b - a));
        return top + (v * (c + (u * (d - c)) - top));
    }

    /// <summary>Three octaves, in [0, 1].</summary>
    public float Clouds(double x, double y) => (At(x, y) * .57f) + (At(x * 2.1, y * 2.1) * .29f) + (At(x * 4.3, y * 4.3) * .14f);

    /// <summary>An independent value in [0, 1] for each lattice point; does not repeat.</summary>
    public float Lattice(int x, int y) => (Hash(x, y) >> 8) * (1f / (1 << 24));

    /// <summary>32 mixed bits for each lattice point; does not repeat.</summary>
    public uint Hash(int x, int y)
    {
        var h = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ seed;
        h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
        h = (h ^ (h >> 12)) * 0x297A2D39u;
        return h ^ (h >> 15);
    }

    private static float Smooth(float t) => t * t * (3 - (2 * t));
}
