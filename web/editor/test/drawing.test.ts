import { describe, expect, it } from 'vitest';
import { FakeServer } from './fake-server.ts';
import { box, TestEditor, wire } from './test-editor.ts';

const onlyShape = (editor: TestEditor) => {
  expect(editor.records()).toHaveLength(1);
  return editor.records()[0]?.shape;
};

describe('BoxTool', () => {
  it('draws by dragging, whatever the direction', async () => {
    const editor = await TestEditor.open();
    editor.setTool('box');
    editor.drag([
      [60, 70],
      [40, 30],
      [20, 40],
    ]);
    expect(onlyShape(editor)).toEqual(box(20, 40, 40, 30));
    expect(editor.records()[0]).toMatchObject({ classId: 'car', provenance: { origin: 'drawn', by: 'ann' } });
  });

  it('draws by two clicks', async () => {
    const editor = await TestEditor.open();
    editor.setTool('box');
    editor.click(20, 30);
    expect(editor.busy.value).toBe(true);
    editor.move([50, 50]);
    editor.click(60, 70);
    expect(onlyShape(editor)).toEqual(box(20, 30, 40, 40));
  });

  it('keeps inside the image and snaps to its border, unless Alt is held', async () => {
    const editor = await TestEditor.open();
    editor.setTool('box');
    editor.drag([
      [5, 50],
      [150, 90],
    ]);
    expect(onlyShape(editor)).toEqual(box(0, 50, 100, 40));
    editor.key('Ctrl+Z');
    editor.drag(
      [
        [5, 50],
        [90, 95],
      ],
      { alt: true },
    );
    expect(onlyShape(editor)).toEqual(box(5, 50, 85, 45));
  });

  it('leaves no trace when cancelled', async () => {
    const editor = await TestEditor.open();
    editor.setTool('box');
    editor.press([20, 20]);
    editor.move([60, 60]);
    editor.key('Escape');
    editor.release([60, 60]);
    expect(editor.records()).toHaveLength(0);
    expect(editor.history.value.undo).toBeNull();
    expect(editor.tool.value).toBe('box');
  });

  it('says why it does not draw a class that allows no boxes', async () => {
    const editor = await TestEditor.open();
    editor.setCurrentClass('lane');
    editor.setTool('box');
    editor.drag([
      [20, 20],
      [60, 60],
    ]);
    expect(editor.records()).toHaveLength(0);
    expect(editor.notice.value?.message).toContain('Lane');
  });

  it('draws nothing on a read-only image', async () => {
    const editor = await TestEditor.open({ readOnly: true });
    editor.setTool('box');
    editor.drag([
      [20, 20],
      [60, 60],
    ]);
    expect(editor.records()).toHaveLength(0);
  });
});

describe('PolygonTool', () => {
  const triangle = { kind: 'polygon', parts: [{ outer: [20, 20, 60, 20, 40, 60], holes: [] }] };

  it.each([
    ['a click on the first vertex', (editor: TestEditor) => editor.click(22, 21)],
    ['a second click on the last vertex', (editor: TestEditor) => editor.click(40, 60)],
    ['Enter', (editor: TestEditor) => editor.key('Enter')],
  ])('is closed by %s', async (_, close) => {
    const editor = await TestEditor.open();
    editor.setTool('polygon');
    editor.click(20, 20);
    editor.click(60, 20);
    editor.click(40, 60);
    close(editor);
    expect(onlyShape(editor)).toEqual(triangle);
    expect(editor.busy.value).toBe(false);
  });

  it('takes back vertices with Backspace, the last one ending the drawing', async () => {
    const editor = await TestEditor.open();
    editor.setTool('polygon');
    editor.click(20, 20);
    editor.click(60, 20);
    editor.click(90, 90);
    editor.key('Backspace');
    editor.click(40, 60);
    editor.key('Enter');
    expect(onlyShape(editor)).toEqual(triangle);
    editor.click(20, 20);
    editor.key('Backspace');
    expect(editor.busy.value).toBe(false);
  });

  it('is not completed with fewer than three vertices or without area', async () => {
    const editor = await TestEditor.open();
    editor.setTool('polygon');
    editor.click(20, 20);
    editor.click(60, 20);
    editor.key('Enter');
    editor.click(80, 20);
    editor.key('Enter');
    expect(editor.records()).toHaveLength(0);
    expect(editor.busy.value).toBe(true);
  });

  it('draws freehand by dragging', async () => {
    const editor = await TestEditor.open();
    editor.setTool('polygon');
    const circle = Array.from({ length: 41 }, (_, i) => {
      const a = (i / 40) * 2 * Math.PI;
      return [50 + 30 * Math.cos(a), 50 + 30 * Math.sin(a)] as const;
    });
    editor.drag(circle);
    const shape = onlyShape(editor);
    expect(shape?.kind === 'polygon' && shape.parts[0]?.outer.length).toBeGreaterThan(20);
  });
});

describe('SelectTool', () => {
  const two = () =>
    new FakeServer('set', [
      wire('a', box(10, 10, 30, 30)),
      wire('b', box(50, 50, 20, 20)),
      wire('c', box(55, 55, 5, 5)),
    ]);

  it('selects what is clicked, the smaller of two, and nothing beside', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.click(20, 20);
    expect(editor.selection.value).toEqual(['a']);
    editor.click(57, 57);
    expect(editor.selection.value).toEqual(['c']);
    editor.click(20, 20, { shift: true });
    expect(editor.selection.value).toEqual(['c', 'a']);
    editor.click(95, 5);
    expect(editor.selection.value).toEqual([]);
  });

  it('selects with a rubber band what it touches', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.drag([
      [45, 45],
      [52, 52],
    ]);
    expect(editor.selection.value).toEqual(['b']);
    editor.drag([
      [2, 2],
      [99, 99],
    ]);
    expect([...editor.selection.value].sort()).toEqual(['a', 'b', 'c']);
  });

  it('moves all selected objects, no further than the border, as one step', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.select(['a', 'b']);
    editor.drag([
      [20, 20],
      [40, 25],
      [70, 25],
    ]);
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(40, 15, 30, 30));
    expect(editor.annotations.value.get('b')?.shape).toEqual(box(80, 55, 20, 20));
    editor.key('Ctrl+Z');
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 30, 30));
    expect(editor.history.value).toEqual({ undo: null, redo: 'Move 2 objects' });
  });

  it('resizes a box at its handles, also past the opposite edge', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.click(20, 20);
    editor.drag([
      [40, 40],
      [60, 30],
    ]);
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 50, 20));
    editor.drag([
      [10, 20],
      [70, 20],
    ]);
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(60, 10, 10, 20));
  });

  it('keeps the distance between the pointer and the handle it took hold of', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.click(20, 20);
    editor.drag([
      [43, 38],
      [63, 28],
    ]);
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 50, 20));
  });

  it('moves, inserts and deletes vertices', async () => {
    const polygon = { kind: 'polygon', parts: [{ outer: [10, 10, 60, 10, 60, 60, 10, 60], holes: [] }] } as const;
    const editor = await TestEditor.open({ server: new FakeServer('set', [wire('a', polygon)]) });
    const outer = () => {
      const shape = editor.annotations.value.get('a')?.shape;
      return shape?.kind === 'polygon' ? shape.parts[0]?.outer : undefined;
    };
    editor.click(30, 30);
    editor.drag([
      [60, 60],
      [80, 70],
    ]);
    expect(outer()).toEqual([10, 10, 60, 10, 80, 70, 10, 60]);
    editor.drag([
      [35, 10],
      [35, 20],
    ]);
    expect(outer()).toEqual([10, 10, 35, 20, 60, 10, 80, 70, 10, 60]);
    editor.click(35, 20);
    editor.key('Delete');
    expect(outer()).toEqual([10, 10, 60, 10, 80, 70, 10, 60]);
    editor.click(80, 70, { alt: true });
    expect(outer()).toEqual([10, 10, 60, 10, 10, 60]);
    expect(editor.records()).toHaveLength(1);
  });

  it('moves nothing that is locked and hits nothing that is hidden', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.actions.lockObjects(['a'], true);
    editor.actions.hideObjects(['c'], true);
    editor.click(20, 20);
    expect(editor.selection.value).toEqual([]);
    editor.click(57, 57);
    expect(editor.selection.value).toEqual(['b']);
    editor.select(['a']);
    editor.key('ArrowRight');
    editor.key('Delete');
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 30, 30));
  });

  it('leaves no trace when a drag is cancelled', async () => {
    const editor = await TestEditor.open({ server: two() });
    editor.press([20, 20]);
    editor.move([40, 40]);
    editor.key('Escape');
    editor.release([40, 40]);
    expect(editor.annotations.value.get('a')?.shape).toEqual(box(10, 10, 30, 30));
    expect(editor.history.value.undo).toBeNull();
    expect(editor.selection.value).toEqual(['a']);
  });
});
