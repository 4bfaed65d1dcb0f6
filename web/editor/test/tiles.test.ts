import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Camera } from '../src/camera/camera.ts';
import type { Engine } from '../src/render/engine.ts';
import {
  addressOf,
  boxOf,
  levelFor,
  pixelOf,
  type TilePlace,
  type TileSource,
  tilesIn,
} from '../src/render/tile-grid.ts';
import { TileLayer } from '../src/render/tile-layer.ts';
import { type TileLook, TileStore } from '../src/render/tile-store.ts';
import { untouchedTone } from '../src/render/tone.ts';

const source: TileSource = { imageId: 'a', url: '/tiles/{level}/{column}/{row}', side: 512, levels: 4 };
const image = { width: 4001, height: 2003 };
const at = (level: number, column: number, row: number): TilePlace => ({ level, column, row });

type Asked = {
  readonly url: string;
  readonly look: TileLook;
  readonly signal: AbortSignal;
  readonly bitmap: ImageBitmap & { closed: boolean };
  arrive(): Promise<void>;
  fail(message: string): Promise<void>;
};

/** Tiles come when the test says so. */
class SlowTiles {
  readonly asked: Asked[] = [];
  readonly engine = {
    loadTile: (url: string, look: TileLook, signal: AbortSignal) =>
      new Promise<ImageBitmap>((resolve, reject) => {
        const bitmap = { width: 512, height: 512, closed: false, close: () => Object.assign(bitmap, { closed: true }) };
        this.asked.push({
          url,
          look,
          signal,
          bitmap: bitmap as unknown as Asked['bitmap'],
          arrive: async () => resolve(bitmap as unknown as ImageBitmap),
          fail: async (message) => reject(new Error(message)),
        });
      }),
  } as unknown as Engine;

  get urls(): readonly string[] {
    return this.asked.map(({ url }) => url);
  }

  async arriveAll(): Promise<void> {
    for (const asked of this.asked) await asked.arrive();
    await settled();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('The grid of tiles', () => {
  it('takes the smallest level with a pixel for each on the screen', () => {
    const levels = [2, 1, 0.9, 0.51, 0.5, 0.26, 0.25, 0.124, 0.001].map((scale) => levelFor(source, scale));
    expect(levels).toEqual([3, 3, 3, 3, 2, 2, 1, 0, 0]);
  });

  it('covers every part of the image with each level once, nearest the middle first', () => {
    const side = (length: number) =>
      fc.tuple(fc.integer({ min: -50, max: length }), fc.integer({ min: 1, max: length }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), side(image.width), side(image.height), (level, [x, w], [y, h]) => {
        const part = { left: x, top: y, right: x + w, bottom: y + h };
        const boxes = tilesIn(source, level, image, part).map((place) => boxOf(source, place, image));
        const inside = (from: number, to: number, most: number) => Math.max(0, Math.min(to, most) - Math.max(from, 0));
        const area = boxes.reduce(
          (sum, b) =>
            sum +
            Math.max(0, Math.min(b.right, part.right) - Math.max(b.left, part.left)) *
              Math.max(0, Math.min(b.bottom, part.bottom) - Math.max(b.top, part.top)),
          0,
        );
        expect(area).toBe(inside(x, x + w, image.width) * inside(y, y + h, image.height));
      }),
    );
    const first = tilesIn(source, 3, image, { left: 1000, top: 600, right: 2000, bottom: 1400 })[0];
    expect(first).toEqual(at(3, 2, 1));
  });

  it('cuts the last tiles at the border of the image', () => {
    expect(boxOf(source, at(3, 7, 3), image)).toEqual({ left: 3584, top: 1536, right: 4001, bottom: 2003 });
    expect(boxOf(source, at(0, 0, 0), image)).toEqual({ left: 0, top: 0, right: 4001, bottom: 2003 });
    expect([0, 3].map((level) => pixelOf(source, level))).toEqual([8, 1]);
    expect(addressOf(source, at(3, 7, 2))).toBe('/tiles/3/7/2');
  });
});

describe('Fetching tiles', () => {
  const places = Array.from({ length: 9 }, (_, column) => at(3, column, 0));
  const start = () => {
    const tiles = new SlowTiles();
    const told: string[] = [];
    let changes = 0;
    const store = new TileStore(
      tiles.engine,
      source,
      () => changes++,
      (message) => told.push(message),
    );
    return { tiles, store, told, changes: () => changes };
  };

  it('fetches a few at a time, and each once', async () => {
    const { tiles, store, changes } = start();
    store.want(places, null);
    store.want(places, null);
    expect(tiles.urls).toEqual(places.slice(0, 6).map((place) => addressOf(source, place)));
    expect(store.isSettled).toBe(false);
    await tiles.arriveAll();
    await tiles.arriveAll();
    expect(tiles.urls.length).toBe(9);
    expect([store.isSettled, changes(), [...store.held].length]).toEqual([true, 9, 9]);
  });

  it('drops what has left the view, and closes it when it comes all the same', async () => {
    const { tiles, store } = start();
    store.want(places.slice(0, 2), null);
    store.want([at(2, 0, 0)], null);
    expect(tiles.asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
    await tiles.arriveAll();
    expect([...store.held].map(({ place }) => place)).toEqual([at(2, 0, 0)]);
    expect(tiles.asked.map(({ bitmap }) => bitmap.closed)).toEqual([true, true, false]);
  });

  it('shows tiles with their old look until they have come with the new one', async () => {
    const { tiles, store } = start();
    store.want([at(3, 0, 0)], null);
    await tiles.arriveAll();
    const look = { tone: { ...untouchedTone, invert: true }, like: null };
    store.want([at(3, 0, 0)], look);
    store.want([at(3, 0, 0)], { ...look });
    expect(tiles.asked.map((asked) => asked.look?.tone.invert)).toEqual([undefined, true]);
    expect(store.get(at(3, 0, 0))?.bitmap).toBe(tiles.asked[0]?.bitmap);
    await tiles.arriveAll();
    expect(store.get(at(3, 0, 0))?.bitmap).toBe(tiles.asked[1]?.bitmap);
    expect(tiles.asked.map(({ bitmap }) => bitmap.closed)).toEqual([true, false]);
  });

  it('tells once of what could not be had, and asks again when it comes into view again', async () => {
    const { tiles, store, told } = start();
    store.want(places.slice(0, 2), null);
    for (const asked of [...tiles.asked]) await asked.fail('no network');
    await settled();
    expect([told, store.isSettled]).toEqual([['no network'], true]);
    store.want(places.slice(0, 2), null);
    expect(tiles.asked.length).toBe(2);
    store.want([], null);
    store.want(places.slice(0, 2), null);
    expect(tiles.asked.length).toBe(4);
  });

  it('lets go of the longest unwanted when it holds many, and of all in the end', async () => {
    const { tiles, store } = start();
    const many = Array.from({ length: 300 }, (_, i) => at(3, i % 20, Math.floor(i / 20)));
    for (const place of many) {
      store.want([place], null);
      await tiles.asked.at(-1)?.arrive();
      await settled();
    }
    const kept = [...store.held].map(({ place }) => place);
    expect(kept).toEqual(many.slice(-193));
    expect(tiles.asked.filter(({ bitmap }) => bitmap.closed).length).toBe(107);
    store.dispose();
    expect(tiles.asked.every(({ bitmap }) => bitmap.closed)).toBe(true);
  });
});

describe('Drawing tiles', () => {
  it('draws the part that is seen of each, edge to edge on whole pixels, and others only while some are missing', async () => {
    const tiles = new SlowTiles();
    const layer = new TileLayer(
      tiles.engine,
      () => {},
      () => {},
    );
    layer.open(source);
    const far = new Camera(image, { width: 500, height: 251 }, { x: 2000, y: 1001 }, 1 / 8);
    layer.follow(far, 1, untouchedTone, null);
    await tiles.arriveAll();
    const near = new Camera(image, { width: 600, height: 300 }, { x: 1024.3, y: 512 }, 1);
    layer.follow(near, 1, untouchedTone, null);
    expect(painted(layer, near).map(({ bitmap }) => bitmap)).toEqual([tiles.asked[0]?.bitmap]);
    await tiles.arriveAll();
    const drawn = painted(layer, near);
    expect(tiles.urls.slice(1).sort()).toEqual(['/tiles/3/1/0', '/tiles/3/1/1', '/tiles/3/2/0', '/tiles/3/2/1']);
    const rows = [
      { x: 0, y: 0, width: 300, height: 150 },
      { x: 0, y: 150, width: 300, height: 150 },
      { x: 300, y: 0, width: 301, height: 150 },
      { x: 300, y: 150, width: 301, height: 150 },
    ];
    const found = drawn.map(({ x, y, width, height }) => ({ x: x + 0, y: y + 0, width, height })); // no −0
    expect(found.sort((a, b) => a.x - b.x || a.y - b.y)).toEqual(rows);
    expect(layer.isSettled).toBe(true);
  });

  it('leaves the tiles of another picture behind', async () => {
    const tiles = new SlowTiles();
    const layer = new TileLayer(
      tiles.engine,
      () => {},
      () => {},
    );
    const camera = Camera.fit(image, { width: 500, height: 251 });
    layer.open(source);
    layer.follow(camera, 1, untouchedTone, null);
    layer.open({ ...source, url: '/others/{level}/{column}/{row}' });
    await tiles.arriveAll();
    expect(tiles.asked[0]?.bitmap.closed).toBe(true);
    expect(painted(layer, camera)).toEqual([]);
    layer.open(null);
    expect(layer.isSettled).toBe(true);
  });
});

function painted(layer: TileLayer, camera: Camera) {
  const drawn: { bitmap: unknown; x: number; y: number; width: number; height: number }[] = [];
  const context = {
    drawImage: (...[bitmap, , , , , x, y, width, height]: [unknown, ...number[]]) =>
      drawn.push({ bitmap, x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 }),
  };
  layer.paint(context as unknown as CanvasRenderingContext2D, camera, 1, true);
  return drawn;
}
