import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Camera } from '../src/camera/camera.ts';
import { type KeyPress, keyName, keyNames } from '../src/commands/keymap.ts';
import { CommandRegistry } from '../src/commands/registry.ts';
import { hits, preferred } from '../src/geometry/hit.ts';
import { limitMove } from '../src/geometry/moving.ts';
import { areaOf, boundsOf, contains } from '../src/geometry/outline.ts';
import type { Shape } from '../src/model/annotation.ts';
import { newId } from '../src/model/ids.ts';
import { classKeys } from '../src/model/ontology.ts';
import { fillMask } from '../src/render/mask-pixels.ts';
import { pack, unpack } from '../src/render/packing.ts';
import { SpatialIndex } from '../src/store/spatial-index.ts';
import { box, TestEditor, testOntology, wire } from './test-editor.ts';

const coordinate = fc.double({ min: -500, max: 500, noNaN: true });
const path = (stride: number, least: number) =>
  fc
    .array(fc.array(coordinate, { minLength: stride, maxLength: stride }), { minLength: least, maxLength: 6 })
    .map((p) => p.flat());

const everyShape: fc.Arbitrary<Shape> = fc.oneof(
  fc.constant<Shape>({ kind: 'tag' }),
  fc.record({ kind: fc.constant('point' as const), x: coordinate, y: coordinate }),
  fc.record({ kind: fc.constant('box' as const), x: coordinate, y: coordinate, width: coordinate, height: coordinate }),
  fc.record({
    kind: fc.constant('rotatedBox' as const),
    cx: coordinate,
    cy: coordinate,
    width: coordinate,
    height: coordinate,
    angle: coordinate,
  }),
  fc.record({
    kind: fc.constant('ellipse' as const),
    cx: coordinate,
    cy: coordinate,
    rx: coordinate,
    ry: coordinate,
    angle: coordinate,
  }),
  fc.record({
    kind: fc.constant('polygon' as const),
    parts: fc.array(fc.record({ outer: path(2, 3), holes: fc.array(path(2, 3), { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  fc.record({ kind: fc.constant('polyline' as const), points: path(2, 2) }),
  fc.record({ kind: fc.constant('keypoints' as const), points: path(3, 1) }),
  fc.record({
    kind: fc.constant('mask' as const),
    x: coordinate,
    y: coordinate,
    width: coordinate,
    height: coordinate,
    runs: path(1, 1),
  }),
  fc.record({ kind: fc.constant('cuboid' as const), corners: path(16, 1).map((c) => c.slice(0, 16)) }),
);

describe('Packing', () => {
  it('gives back every shape as it was', () => {
    fc.assert(
      fc.property(fc.array(everyShape, { maxLength: 8 }), (shapes) => {
        const annotations = shapes.map((shape, i) => wire(`${i}`, shape, { revision: i }));
        const back = unpack(structuredClone(pack(annotations)));
        expect(back.map(({ record, revision }) => ({ ...record, revision }))).toEqual(annotations);
      }),
    );
  });
});

describe('SpatialIndex', () => {
  const area = fc
    .tuple(fc.nat(90), fc.nat(90), fc.nat(20), fc.nat(20))
    .map(([left, top, w, h]) => ({ left, top, right: left + w, bottom: top + h }));

  it('finds what a look at each box finds, after any changes', () => {
    const change = fc.record({ id: fc.nat(30).map(String), box: fc.option(area) });
    fc.assert(
      fc.property(
        fc.array(area, { maxLength: 30 }),
        fc.array(change, { maxLength: 40 }),
        area,
        (start, changes, query) => {
          const index = new SpatialIndex();
          const ids = start.map((_, i) => String(i));
          index.reset(ids, Float64Array.from(start.flatMap((b) => [b.left, b.top, b.right, b.bottom])));
          const truth = new Map(start.map((b, i) => [String(i), b]));
          for (const { id, box: to } of changes) {
            index.set([[id, to]]);
            if (to === null) truth.delete(id);
            else truth.set(id, to);
          }
          const expected = [...truth].filter(
            ([, b]) => b.left <= query.right && b.right >= query.left && b.top <= query.bottom && b.bottom >= query.top,
          );
          expect(index.search(query).sort()).toEqual(expected.map(([id]) => id).sort());
        },
      ),
    );
  });
});

describe('Camera', () => {
  const image = { width: 4000, height: 3000 };
  const viewport = { width: 1280, height: 800 };

  it('converts there and back', () => {
    const camera = Camera.fit(image, viewport).zoomed({ x: 300, y: 200 }, 7);
    const p = camera.toImage(camera.toScreen({ x: 1234.5, y: 678.9 }));
    expect([p.x, p.y]).toEqual([expect.closeTo(1234.5, 8), expect.closeTo(678.9, 8)]);
  });

  it('zooms about the pointer', () => {
    const camera = Camera.fit(image, viewport);
    const under = camera.toImage({ x: 500, y: 300 });
    const screen = camera.zoomed({ x: 500, y: 300 }, 4).toScreen(under);
    expect([screen.x, screen.y]).toEqual([expect.closeTo(500, 6), expect.closeTo(300, 6)]);
  });

  it('never loses the image', () => {
    const camera = Camera.fit(image, viewport).panned(1e6, -1e6);
    expect(camera.center).toEqual({ x: 0, y: 3000 });
    expect(camera.zoomed({ x: 0, y: 0 }, 1e9).scale).toBe(128);
  });

  it('frames an object with room around it', () => {
    const camera = Camera.fit(image, viewport).framing({ left: 100, top: 100, right: 200, bottom: 140 });
    expect(camera.center).toEqual({ x: 150, y: 120 });
    expect(camera.scale).toBeCloseTo(6.4);
  });

  it('shows the whole image in a larger window when it showed the whole before, and else keeps middle and scale', () => {
    const larger = { width: 2 * viewport.width, height: 2 * viewport.height };
    expect(Camera.fit(image, viewport).resized(larger)).toEqual(Camera.fit(image, larger));
    const moved = Camera.fit(image, viewport).panned(10, 0);
    expect(moved.resized(larger)).toMatchObject({ center: moved.center, scale: moved.scale, viewport: larger });
  });
});

describe('Keys', () => {
  const press = (more: Partial<KeyPress>): KeyPress => ({
    key: 'a',
    code: 'KeyA',
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });

  it.each([
    ['a letter', press({}), 'A'],
    ['with Command as Ctrl', press({ key: 'z', metaKey: true, shiftKey: true }), 'Ctrl+Shift+Z'],
    ['a digit on its own', press({ key: '2', code: 'Digit2' }), '2'],
    ['what Shift makes of a digit', press({ key: '"', code: 'Digit2', shiftKey: true }), '"'],
    ['a symbol by what it is', press({ key: '?', code: 'Slash', shiftKey: true }), '?'],
    ['Space by name', press({ key: ' ', code: 'Space', shiftKey: true }), 'Shift+Space'],
    ['nothing for a modifier', press({ key: 'Shift' }), null],
  ])('are named: %s', (_, given, name) => {
    expect(keyName(given)).toBe(name);
  });

  it('of the digit row answer to their digit too, on any layout', () => {
    expect(keyNames(press({ key: '!', code: 'Digit1', shiftKey: true }))).toEqual(['!', 'Shift+1']);
    expect(keyNames(press({ key: '&', code: 'Digit1' }))).toEqual(['&', '1']);
  });

  it('do not clash by default, and clashes are told', async () => {
    const editor = await TestEditor.open();
    expect(editor.commands.conflicts()).toEqual([]);
    editor.commands.setKeyMap({ 'tool.box': ['V'] });
    expect(editor.commands.conflicts()).toEqual([{ key: 'V', commandIds: ['tool.select', 'tool.box'] }]);
  });

  it('follow the person’s own map', () => {
    const commands = new CommandRegistry();
    const run: string[] = [];
    const remove = commands.register({
      id: 'x',
      title: 'X',
      group: 'App',
      keys: ['A'],
      enabled: () => true,
      run: () => run.push('x'),
    });
    expect(commands.runKey('A')).toBe(true);
    commands.setKeyMap({ x: ['B'] });
    expect(commands.runKey('A')).toBe(false);
    expect(commands.runKey('B')).toBe(true);
    remove();
    expect(commands.runKey('B')).toBe(false);
    expect(run).toEqual(['x', 'x']);
  });

  it('of classes are their own, then the free digits', () => {
    const [car, person] = testOntology.classes;
    if (car === undefined || person === undefined) throw new Error('missing');
    const keys = classKeys({
      ...testOntology,
      classes: [{ ...car, key: '2' }, person, { ...car, id: 'old', retired: true }],
    });
    expect([...keys]).toEqual([
      ['car', '2'],
      ['person', '1'],
    ]);
  });
});

describe('Geometry', () => {
  const ring: Shape = {
    kind: 'polygon',
    parts: [{ outer: [0, 0, 10, 0, 10, 10, 0, 10], holes: [[3, 3, 7, 3, 7, 7, 3, 7]] }],
  };

  it('knows the inside of each shape', () => {
    expect(contains(ring, { x: 1, y: 1 })).toBe(true);
    expect(contains(ring, { x: 5, y: 5 })).toBe(false);
    expect(contains({ kind: 'mask', x: 10, y: 10, width: 3, height: 2, runs: [1, 2, 3] }, { x: 12.5, y: 10.5 })).toBe(
      true,
    );
    expect(contains({ kind: 'mask', x: 10, y: 10, width: 3, height: 2, runs: [1, 2, 3] }, { x: 10.5, y: 11.5 })).toBe(
      false,
    );
    expect(contains({ kind: 'ellipse', cx: 0, cy: 0, rx: 10, ry: 2, angle: Math.PI / 2 }, { x: 1, y: 8 })).toBe(true);
  });

  it('hits lines within the tolerance only', () => {
    const line: Shape = { kind: 'polyline', points: [0, 0, 10, 0] };
    expect(hits(line, { x: 5, y: 2 }, 2)).toBe(true);
    expect(hits(line, { x: 5, y: 2.1 }, 2)).toBe(false);
    expect(hits(ring, { x: 5, y: 4 }, 1)).toBe(true);
    expect(hits(ring, { x: 5, y: 5 }, 1)).toBe(false);
  });

  it('measures areas and bounds', () => {
    expect(areaOf(ring)).toBe(84);
    const turned = boundsOf({ kind: 'rotatedBox', cx: 5, cy: 5, width: 4, height: 2, angle: Math.PI / 2 });
    expect(turned).toEqual({
      left: expect.closeTo(4),
      top: expect.closeTo(3),
      right: expect.closeTo(6),
      bottom: expect.closeTo(7),
    });
    expect(boundsOf({ kind: 'tag' })).toBeNull();
    expect(boundsOf({ kind: 'keypoints', points: [1, 2, 0, 5, 6, 2] })).toEqual({
      left: 5,
      top: 6,
      right: 5,
      bottom: 6,
    });
  });

  it('prefers the smaller object, then the topmost', () => {
    const [large, small, upper] = [{ shape: box(0, 0, 9, 9) }, { shape: box(0, 0, 2, 2) }, { shape: box(1, 1, 2, 2) }];
    expect(preferred([small, upper, large])).toBe(upper);
    expect(preferred([])).toBeNull();
  });

  it('lets what is outside come back, but not go further out', () => {
    const bounds = { left: -5, top: 10, right: 20, bottom: 30 };
    expect(limitMove(bounds, -3, 90, { width: 100, height: 100 })).toEqual({ x: 0, y: 70 });
    expect(limitMove(bounds, 4, 0, { width: 100, height: 100 })).toEqual({ x: 4, y: 0 });
  });

  it('fills the odd runs of a mask', () => {
    const mask = { kind: 'mask', x: 1, y: 0, width: 3, height: 2, runs: [1, 2, 3] } as const;
    const pixels = new Uint32Array(8);
    fillMask(pixels, { x: 0, y: 0, width: 4, height: 2 }, mask, { scale: 1, x: 0, y: 0 }, 7);
    expect([...pixels]).toEqual([0, 0, 7, 7, 0, 0, 0, 0]);
    const shrunk = new Uint32Array(2);
    fillMask(shrunk, { x: 0, y: 0, width: 2, height: 1 }, mask, { scale: 0.5, x: 0, y: 0.25 }, 7);
    expect([...shrunk]).toEqual([0, 7]);
  });
});

describe('Ids', () => {
  it('are UUIDv7 in the order of making, also within a millisecond and when the clock jumps back', () => {
    const future = Date.now() + 1_000_000;
    const ids = [newId(future), newId(future - 5000), ...Array.from({ length: 9000 }, () => newId(future))];
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...ids].sort()).toEqual(ids);
    expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(future);
  });
});
