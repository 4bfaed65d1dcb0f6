using Plumbline.Core.Geometry;

namespace Plumbline.Core.Synthetic;

/// <summary>What stands and lies behind the labelled things of a street. Nothing here is an object; trees cover what is behind them.</summary>
internal static class StreetBackdrop
{
    private static readonly Colour Glass = Colour.Hex(0x31414f);

    public static void PaintSky(Stage stage, double skyline)
    {
        var noise = stage.Noise;
        var (top, low) = stage.Pick((Colour.Hex(0x3f7fc4), Colour.Hex(0xcfe3f2)), (Colour.Hex(0x5a86b5), Colour.Hex(0xf0dfc8)), (Colour.Hex(0x8a9bab), Colour.Hex(0xd5dade)));
        var cloud = Colour.Hex(0xf6f7f8);
        var scale = 7 / stage.Width;
        var end = skyline * stage.Height;
        var cover = stage.Between(.42, .58);
        stage.Canvas.FillRows(0, end, (x, y) =>
        {
            var t = y / end;
            return top.Mix(low, t).Mix(cloud, (noise.Clouds(x * scale, y * scale * 2.2) - cover) * 3.2 * (1 - (.4 * t)));
        });
    }

    public static void PaintHouses(Stage stage, double skyline)
    {
        var ground = (skyline + .005) * stage.Height;
        for (var x = -stage.Between(0, .1) * stage.Width; x < stage.Width;)
        {
            var width = stage.Between(.12, .24) * stage.Width;
            PaintHouse(stage, x, ground, width, stage.Between(.26, .5) * stage.Height);
            x += width + (stage.Chance(.25) ? stage.Between(.01, .06) * stage.Width : 0);
        }
    }

    public static void PaintGround(Stage stage, double skyline, double roadTop, double roadBottom)
    {
        var (canvas, noise, height) = (stage.Canvas, stage.Noise, stage.Height);
        PaintPavement(stage, skyline * height, roadTop * height, 9);
        canvas.FillRows((roadTop - .006) * height, roadTop * height, (x, y) => Colour.Grey(.72).Scaled(.9 + (.15 * noise.At(x / 60d, y))));
        var (start, end) = (roadTop * height, roadBottom * height);
        canvas.FillRows(start, end, (x, y) =>
        {
            var t = (y - start) / (end - start);
            var grain = noise.Lattice(x, y) * .07;
            var stains = noise.Clouds(x / 130d, y / 28d) * .16;
            return new Colour(.27f, .275f, .29f).Scaled(.86 + (.22 * t) + grain + stains);
        });
        var (middle, dash) = (.752 * height, .075 * stage.Width);
        for (var x = -stage.Between(0, dash); x < stage.Width; x += dash * 1.9)
        {
            Point2[] mark = [new(x + 5, middle), new(x + dash + 5, middle), new(x + dash, middle + (.009 * height)), new(x, middle + (.009 * height))];
            canvas.Fill(mark, (px, py) => Colour.Hex(0xe9e6dc).Scaled(.75 + (.3 * noise.Clouds(px / 9d, py / 5d))).WithAlpha(.9));
        }
    }

    public static void PaintNearPavement(Stage stage, double roadBottom)
    {
        var height = stage.Height;
        stage.Canvas.Fill(Outlines.Rectangle(-1, (roadBottom - .003) * height, stage.Width + 2, .018 * height), (x, y) => Colour.Grey(.7).Scaled(.85 + (.2 * stage.Noise.At(x / 90d, y / 3d))));
        PaintPavement(stage, (roadBottom + .014) * height, height, 16);
    }

    public static void PaintTree(Stage stage, double x, double ground, double size)
    {
        var (canvas, noise, random) = (stage.Canvas, stage.Noise, stage.Random);
        var bark = Colour.Hex(0x5b4636);
        canvas.Fill(Outlines.Limb(new(x, ground), new(x + (size * .03), ground - (size * .55)), size * .045, size * .025), (px, py) => bark.Scaled(.7 + (.5 * noise.Clouds(px / 4d, py / 16d))));
        var leaf = stage.Pick(Colour.Hex(0x4d7c3a), Colour.Hex(0x3d6b40), Colour.Hex(0x7d8b3a), Colour.Hex(0xa8772e));
        for (var i = 0; i < 9; i++)
        {
            var (angle, distance) = (stage.Between(0, Math.Tau), stage.Between(.05, .24) * size);
            var (cx, cy) = (x + (distance * Math.Cos(angle) * 1.1), ground - (size * .72) + (distance * Math.Sin(angle) * .85));
            var radius = stage.Between(.13, .2) * size;
            canvas.Fill(Outlines.Blob(random, cx, cy, radius, radius * .85, 0, .16), (px, py) =>
            {
                var light = 1.05 - (.5 * ((py - cy + radius) / (2 * radius)));
                return leaf.Scaled(light * (.55 + (.75 * noise.Clouds(px / 7d, py / 7d))));
            });
        }
    }

    private static void PaintPavement(Stage stage, double from, double to, double slab)
    {
        var (noise, start) = (stage.Noise, from);
        stage.Canvas.Fill(Outlines.Rectangle(-1, from, stage.Width + 2, to - from), (x, y) =>
        {
            var depth = (y - start) / (to - start);
            var row = Math.Floor(depth * 3 * (1.4 - (.4 * depth)));
            var joint = ((x + (row * slab * 3.3)) % (slab * 7)) < 1.6 ? .86 : 1;
            return new Colour(.63f, .61f, .58f).Scaled(joint * (.82 + (.12 * depth) + (.16 * noise.Clouds(x / 40d, y / 14d)) + (.05 * noise.Lattice(x, y))));
        });
    }

    private static void PaintHouse(Stage stage, double x, double ground, double width, double height)
    {
        var (canvas, noise) = (stage.Canvas, stage.Noise);
        var wall = stage.Pick(Colour.Hex(0xa8594a), Colour.Hex(0xc9b08d), Colour.Hex(0x8f8f8c), Colour.Hex(0xd8cdb8), Colour.Hex(0x7c5548), Colour.Hex(0xb9a3a0), Colour.Hex(0x9fb0b5));
        var top = ground - height;
        var brick = stage.Chance(.5);
        canvas.Fill(Outlines.Rectangle(x, top, width, height), (px, py) =>
        {
            var course = py / 5;
            var joint = brick && (py % 5 == 0 || (px + (course % 2 * 6)) % 12 == 0) ? .86 : 1;
            return wall.Scaled(joint * (.8 + (.3 * noise.Clouds(px / 26d, py / 26d)) - (.12 * (py - top) / height)));
        });
        canvas.Fill(Outlines.Rectangle(x - 4, top - (.012 * stage.Height), width + 8, .02 * stage.Height), wall.Scaled(.62));
        var columns = Math.Max(2, (int)(width / (.055 * stage.Width)));
        var floor = .095 * stage.Height;
        var storeys = (int)((height - (1.15 * floor)) / floor);
        var (gap, paneWidth, paneHeight) = (width / columns, width / columns * .5, floor * .58);
        var trim = stage.Pick(Colour.Hex(0xf0ede4), Colour.Hex(0xd9d4c8), Colour.Hex(0x4a4a48));
        for (var storey = 0; storey < storeys; storey++)
        {
            for (var column = 0; column < columns; column++)
            {
                PaintWindow(stage, x + (column * gap) + ((gap - paneWidth) / 2), top + (.3 * floor) + (storey * floor), paneWidth, paneHeight, trim);
            }
        }

        PaintShop(stage, x, ground, width, floor, gap);
    }

    private static void PaintWindow(Stage stage, double x, double y, double width, double height, Colour trim)
    {
        var canvas = stage.Canvas;
        var lit = stage.Chance(.14);
        var shine = stage.Between(-.2, 1.2);
        canvas.Fill(Outlines.Rectangle(x - 2, y - 2, width + 4, height + 4), trim);
        canvas.Fill(Outlines.Rectangle(x, y, width, height), (px, py) =>
        {
            var (u, v) = ((px - x) / width, (py - y) / height);
            var band = Math.Max(0, 1 - (Math.Abs(u + v - shine) * 4));
            return (lit ? Colour.Hex(0xe8c47a).Scaled(1 - (.2 * v)) : Glass.Mix(Colour.Hex(0x9fb8c8), .45 * (1 - v))).Mix(Colour.Hex(0xdfe9ef), .5 * band);
        });
        canvas.Fill(Outlines.Rectangle(x + (width / 2) - 1, y, 2, height), trim.Scaled(.9));
        canvas.Fill(Outlines.Rectangle(x, y + (height * .42), width, 1.6), trim.Scaled(.9));
        canvas.Fill(Outlines.Rectangle(x - 4, y + height + 1, width + 8, 3), trim.Scaled(.75));
    }

    private static void PaintShop(Stage stage, double x, double ground, double width, double floor, double gap)
    {
        var canvas = stage.Canvas;
        var awning = stage.Pick(Colour.Hex(0xb03a3a), Colour.Hex(0x2f6b4f), Colour.Hex(0x2d4f83), Colour.Hex(0xc58a2b));
        var (top, left, right) = (ground - (floor * .98), x + (gap * .18), x + width - (gap * .18));
        var door = left + (stage.Between(.15, .7) * (right - left));
        canvas.Fill(Outlines.Rectangle(left, top + (floor * .12), right - left, floor * .86), (px, py) => Glass.Scaled(.75).Mix(Colour.Hex(0xe3c795), .4 * stage.Noise.Clouds(px / 22d, py / 17d)));
        canvas.Fill(Outlines.Rectangle(door, top + (floor * .2), gap * .42, floor * .8), awning.Scaled(.55));
        canvas.Fill(Outlines.Rectangle(door + (gap * .07), top + (floor * .28), gap * .28, floor * .36), Glass.Mix(Colour.Grey(.8), .25));
        Point2[] cloth = [new(left - 3, top), new(right + 3, top), new(right + 9, top + (floor * .3)), new(left - 9, top + (floor * .3))];
        canvas.Fill(cloth, (px, py) => ((int)((px - left) / 9) % 2 == 0 ? awning : Colour.Hex(0xf0ece2)).Scaled(1.02 - (.35 * (py - top) / (floor * .3))));
    }
}
