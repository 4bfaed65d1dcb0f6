import { describe, expect, it } from 'vitest';
import { Assistant } from '../../src/assist/assistant.ts';
import { levelSize, type Raster, windowFor } from '../../src/assist/raster.ts';
import { TiledPicture, TilesMissing } from '../../src/assist/tiled-picture.ts';
import { levelFor, type TilePlace, type TileSource } from '../../src/render/tile-grid.ts';
import { disc, RasterPicture, scene } from './scenes.ts';

const size = { width: 1301, height: 903 };
const tiles: TileSource = { imageId: 'a', url: '', side: 128, levels: 5 };

/** The same picture whole and in tiles. */
function twice() {
  const whole = new RasterPicture(scene(size, disc(600, 450, 300, [190, 50, 50], [70, 120, 80]), 16).raster);
  const fetched: TilePlace[] = [];
  const load = async (place: TilePlace): Promise<Raster> => {
    fetched.push(place);
    const level = tiles.levels - 1 - place.level;
    const { width, height } = levelSize(size, level);
    const [x, y] = [place.column * tiles.side, place.row * tiles.side];
    const [sx, sy] = [size.width / width, size.height / height];
    const last = { width: Math.min(tiles.side, width - x), height: Math.min(tiles.side, height - y) };
    return whole.read({ x, y, ...last, sx, sy });
  };
  return { whole, tiled: new TiledPicture(tiles, size, load), fetched };
}

describe('A picture in tiles', () => {
  it('reads the same pixels as a whole one at every level, fetching what it reads once', async () => {
    const { whole, tiled, fetched } = twice();
    expect(levelFor(tiles, 1)).toBe(4);
    for (const mostPixels of [2_000_000, 500_000, 80_000, 20_000, 5_000]) {
      for (const box of [
        { left: 0, top: 0, right: 1301, bottom: 903 },
        { left: 100, top: 127, right: 257, bottom: 256 },
        { left: 1290, top: 890, right: 1301, bottom: 903 },
      ]) {
        const window = windowFor(tiled, box, mostPixels);
        const { width, height, data } = await tiled.whenRead(() => tiled.read(window));
        expect([width, height]).toEqual([window.width, window.height]);
        expect(Buffer.from(data.buffer).equals(Buffer.from(whole.read(window).data.buffer))).toBe(true);
      }
    }
    expect(new Set(fetched.map((place) => JSON.stringify(place))).size).toBe(fetched.length);
  });

  it('gives the same answers, and fetches no more than the part in question', async () => {
    const { whole, tiled, fetched } = twice();
    const box = { left: 250, top: 100, right: 950, bottom: 800 };
    const seeds = [{ at: { x: 600, y: 450 }, tolerance: 30, adds: true }];
    const question = { box, seeds, detail: 1, fine: true };
    const assistant = new Assistant(tiled);
    const found = await tiled.whenRead(() => assistant.answer('flood', question));
    expect(found).toEqual(new Assistant(whole).answer('flood', question));
    const columns = fetched.filter(({ level }) => level === 4).map(({ column }) => column);
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([1, 7]);
  });

  it('says what it misses, and tells of a tile that cannot be had', async () => {
    const window = windowFor({ image: size, pixels: size }, { left: 0, top: 0, right: 10, bottom: 10 }, 100);
    const { tiled } = twice();
    expect(() => tiled.read(window)).toThrow(TilesMissing);
    const broken = new TiledPicture(tiles, size, () => Promise.reject(new Error('no network')));
    await expect(broken.whenRead(() => broken.read(window))).rejects.toThrow('no network');
  });
});
