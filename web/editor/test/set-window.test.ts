import { describe, expect, it, vi } from 'vitest';
import { maskOfBox } from '../src/masks/runs.ts';
import type { WireAnnotation } from '../src/model/annotation.ts';
import { MemoryStorage } from '../src/sync/memory-storage.ts';
import { FakeServer, Network } from './fake-server.ts';
import { box, TestEditor, type TestSetup, wire } from './test-editor.ts';

const limits = { whole: 5, view: 30, held: 40, rest: 0 };

/** A hundred boxes in ten rows; `o37` is the one in row 3 and column 7. */
const grid = (): WireAnnotation[] =>
  Array.from({ length: 100 }, (_, i) => {
    const [row, column] = [Math.floor(i / 10), i % 10];
    return wire(`o${row}${column}`, box(10 * column + 2, 10 * row + 2, 6, 6));
  });

async function open(setup: TestSetup = {}): Promise<TestEditor> {
  return TestEditor.open({ server: new FakeServer('set', grid()), limits, ...setup });
}

const holds = (editor: TestEditor, id: string) => editor.annotations.value.get(id) !== undefined;

/** Looks at a place closely and waits until what is there has come. */
async function lookAt(editor: TestEditor, id: string): Promise<void> {
  const [row, column] = [Number(id[1]), Number(id[2])];
  const { width } = editor.camera.value.viewport;
  editor.zoomToScale(width / 20);
  editor.centerOn({ x: 10 * column + 5, y: 10 * row + 5 });
  await vi.waitFor(() => {
    const area = editor.part.value?.area;
    expect(area?.left).toBeLessThanOrEqual(10 * column);
    expect(area?.right).toBeGreaterThanOrEqual(10 * column + 10);
    expect((area?.right ?? 100) - (area?.left ?? 0)).toBeLessThan(60);
    expect(area?.top).toBeLessThanOrEqual(10 * row);
    expect(area?.bottom).toBeGreaterThanOrEqual(10 * row + 10);
  });
}

const shapeOf = (editor: TestEditor, id: string) => editor.annotations.value.get(id)?.shape;

/** The server has all of the grid but for these, and these as given. */
function expectServer(editor: TestEditor, changed: Readonly<Record<string, WireAnnotation['shape'] | null>>): void {
  const expected = grid().flatMap(({ id, shape }) => {
    const now = id in changed ? changed[id] : shape;
    return now == null ? [] : [[id, now]];
  });
  expect(editor.server.annotations().map(({ id, shape }) => [id, shape])).toEqual(expected);
}

describe('A set that is too large to be here whole', () => {
  it('comes whole where it is small after all, or the image is', async () => {
    expect((await open({ limits: { ...limits, whole: 100 } })).part.value).toBeNull();
    const editor = await TestEditor.open({ server: new FakeServer('set', grid()) });
    expect(editor.part.value).toBeNull();
    expect(editor.server.views).toEqual([null]);
    expect(editor.records()).toHaveLength(100);
  });

  it('opens with what is seen from afar, and fetches what the camera comes to', async () => {
    const editor = await open();
    expect(editor.part.value).toMatchObject({ total: 100, matched: 100, sent: 30 });
    expect(editor.records()).toHaveLength(30);

    await lookAt(editor, 'o88');

    const { sent, matched } = editor.part.value ?? {};
    expect(sent).toBe(matched);
    for (const id of ['o77', 'o78', 'o88', 'o98', 'o99']) expect(holds(editor, id)).toBe(true);
    expect(editor.history.value).toEqual({ undo: null, redo: null });
    expect(editor.saveStatus.value.kind).toBe('saved');
  });

  it('fetches only what is seen where more would be too much', async () => {
    const editor = await open({ limits: { ...limits, view: 10, rest: 20 } });
    const before = editor.server.views.length;
    editor.zoomToScale(editor.camera.value.viewport.width / 20);
    editor.centerOn({ x: 55, y: 55 });
    await vi.waitFor(() => expect(editor.part.value?.area).toEqual({ left: 45, top: 45, right: 65, bottom: 65 }));
    expect(editor.part.value).toMatchObject({ sent: 9, matched: 9 });
    editor.centerOn({ x: 25, y: 25 });
    await vi.waitFor(() => expect(editor.part.value?.area.left).toBe(15));
    expect(editor.server.views.length).toBe(before + 3);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(editor.server.views.length).toBe(before + 3);
  });

  it('asks once for where the hand comes to rest', async () => {
    const editor = await open({ limits: { ...limits, rest: 20 } });
    const before = editor.server.views.length;
    editor.zoomToScale(editor.camera.value.viewport.width / 20);
    for (let x = 10; x <= 80; x += 5) editor.centerOn({ x, y: 50 });
    await vi.waitFor(() => expect(editor.part.value?.area.left).toBeGreaterThan(40));
    expect(editor.server.views.length).toBe(before + 1);
  });

  it('lets go of what is far, but of nothing that is selected or was changed, and undo goes back to the start', async () => {
    const editor = await open();
    await lookAt(editor, 'o00');
    editor.actions.nudge(['o00'], 1, 0);
    editor.select(['o11']);
    await editor.whenSaved();

    for (const id of ['o88', 'o08', 'o80', 'o48']) await lookAt(editor, id);

    expect(editor.records().length).toBeLessThanOrEqual(limits.held + 2);
    expect(['o00', 'o11', 'o01', 'o10'].map((id) => holds(editor, id))).toEqual([true, true, false, false]);
    expectServer(editor, { o00: box(3, 2, 6, 6) });

    editor.actions.undo();
    await editor.whenSaved();
    expect(shapeOf(editor, 'o00')).toEqual(box(2, 2, 6, 6));
    expectServer(editor, {});

    await lookAt(editor, 'o00');
    expect(holds(editor, 'o01')).toBe(true);
  });

  it('deletes and draws only what a person deletes and draws', async () => {
    const editor = await open();
    await lookAt(editor, 'o55');
    editor.key('Ctrl+A');
    expect(editor.selection.value.length).toBe(editor.records().length);
    editor.select(['o55']);
    editor.actions.remove(['o55']);
    await lookAt(editor, 'o11');
    editor.actions.nudge(['o11'], 0, 1);
    await editor.whenSaved();
    expectServer(editor, { o55: null, o11: box(12, 13, 6, 6) });
    await lookAt(editor, 'o55');
    expect(holds(editor, 'o55')).toBe(false);
    expect(holds(editor, 'o56')).toBe(true);
  });

  it('follows what others do here, passes over what they do elsewhere, and has that right when it comes there', async () => {
    const editor = await open();
    await lookAt(editor, 'o11');
    const away = grid().filter(({ id }) => !holds(editor, id));
    const [moved, deleted] = away.map(({ id }) => id).filter((id) => id > 'o70');
    if (moved === undefined || deleted === undefined) throw new Error('Everything is here.');
    editor.server.putByOther(wire('o11', box(13, 13, 2, 2)));
    editor.server.putByOther(wire('new', box(14, 14, 2, 2)));
    editor.server.putByOther(wire(moved, box(91, 91, 3, 3)));
    editor.server.deleteByOther(deleted);
    await vi.waitFor(() => expect(shapeOf(editor, 'o11')).toEqual(box(13, 13, 2, 2)));
    expect([holds(editor, 'new'), holds(editor, moved), holds(editor, deleted)]).toEqual([true, false, false]);

    await lookAt(editor, 'o99');
    expect(shapeOf(editor, moved)).toEqual(box(91, 91, 3, 3));
    await lookAt(editor, deleted);
    expect(holds(editor, deleted)).toBe(false);
  });

  it('shows an edit of the last page though its object is not in the first view, and sends it once', async () => {
    const server = new FakeServer('set', grid());
    const storage = new MemoryStorage();
    const network = new Network();
    const before = await open({ server, storage, network });
    await lookAt(before, 'o99');
    network.failure = 'offline';
    before.actions.nudge(['o99'], 1, 1);
    await vi.waitFor(() => expect(before.saveStatus.value.kind).toBe('offline'));
    before.dispose();

    const editor = await open({ server, storage });
    await editor.whenSaved();
    expect(shapeOf(editor, 'o99')).toEqual(box(93, 93, 6, 6));
    await lookAt(editor, 'o99');
    expect(shapeOf(editor, 'o99')).toEqual(box(93, 93, 6, 6));
    expectServer(editor, { o99: box(93, 93, 6, 6) });
    expect(editor.conflicts.value).toEqual([]);
  });

  it('keeps an edit that was made while a view was on its way, and asks about a conflict as always', async () => {
    const network = new Network();
    const editor = await open({ network });
    await lookAt(editor, 'o22');
    editor.server.putByOther(wire('o22', box(20, 20, 1, 1)));
    editor.actions.nudge(['o22'], 1, 0);
    editor.actions.nudge(['o23'], 1, 0);
    await lookAt(editor, 'o33');
    await editor.whenSaved();
    expect(editor.conflicts.value.map(({ id }) => id)).toEqual(['o22']);
    expect(editor.server.annotations().find(({ id }) => id === 'o22')?.shape).toEqual(box(20, 20, 1, 1));
    expect(shapeOf(editor, 'o23')).toEqual(box(33, 22, 6, 6));
    editor.resolveConflict('o22', 'mine');
    await editor.whenSaved();
    expectServer(editor, { o22: box(23, 22, 6, 6), o23: box(33, 22, 6, 6) });
  });

  it('comes to what is seen though the camera went there and back while an answer was on its way', async () => {
    const editor = await open({ limits: { ...limits, held: 5 } });
    await lookAt(editor, 'o11');
    const here = editor.camera.value.center;
    let arrive = () => {};
    const way = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    editor.network.delay = way;
    editor.centerOn({ x: 85, y: 85 });
    await vi.waitFor(() => expect(editor.server.views.at(-1)?.area.left).toBeGreaterThan(50));
    editor.centerOn(here);
    editor.network.delay = null;
    arrive();
    await vi.waitFor(() => expect(editor.part.value?.area.left).toBeLessThan(10));
    await vi.waitFor(() => expect(['o00', 'o11', 'o22'].map((id) => holds(editor, id))).toEqual([true, true, true]));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(['o00', 'o11', 'o22'].map((id) => holds(editor, id))).toEqual([true, true, true]);
  });

  it('says when a view could not be loaded, and tries again', async () => {
    vi.useFakeTimers();
    try {
      const network = new Network();
      const editor = await open({ network });
      network.failure = 'offline';
      editor.zoomToScale(editor.camera.value.viewport.width / 20);
      editor.centerOn({ x: 85, y: 85 });
      await vi.advanceTimersByTimeAsync(10);
      expect(editor.notice.value?.message).toContain('could not be loaded');
      network.failure = null;
      await vi.advanceTimersByTimeAsync(5000);
      expect(holds(editor, 'o88')).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it('takes pixels from other masks only where all of them are here', async () => {
    const masks = grid().map(({ id }, i) =>
      wire(id, maskOfBox({ x: 10 * (i % 10), y: 10 * Math.floor(i / 10), width: 8, height: 8 })),
    );
    const editor = await open({ server: new FakeServer('set', masks) });
    editor.setTool('brush');
    editor.setDrawing({ brushSize: 4, maskRule: 'onePerObject' });
    editor.click(35, 35);
    expect(editor.notice.value?.message).toContain('Zoom in first');
    await lookAt(editor, 'o33');
    editor.click(35, 35);
    await editor.whenSaved();
    expect(editor.server.annotations()).toHaveLength(101);
    expect(editor.server.annotations().find(({ id }) => id === 'o33')?.shape).not.toEqual(masks[33]?.shape);

    editor.select([]);
    editor.setDrawing({ maskRule: 'onePerClass' });
    editor.click(45, 45);
    editor.masks.fillRest();
    await editor.whenSaved();
    expect(editor.server.annotations()).toHaveLength(101);
  });
});
