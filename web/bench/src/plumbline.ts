import { createEditor, type Editor, type Ontology, type Shape, type SyncPort, startWorkers } from '@plumbline/editor';
import {
  frames,
  longestTask,
  nextFrame,
  nextPainted,
  opened,
  quantiles,
  report,
  requestedBoxes,
  requestedCount,
  settled,
} from './measure.ts';
import { annotationSet, classColors, imageSize, picture } from './scene.ts';

startWorkers();
const count = requestedCount();
const ontology: Ontology = {
  classes: classColors.map((color, i) => ({
    id: color,
    name: `Class ${i + 1}`,
    parentId: null,
    color,
    key: null,
    shapes: [],
    description: '',
    attributes: [],
    skeletonId: null,
    retired: false,
  })),
  imageAttributes: [],
  skeletons: [],
};
const bytes = new TextEncoder().encode(JSON.stringify(annotationSet(count, requestedBoxes())));
let revision = 1;
const port: SyncPort = {
  load: async () => bytes.slice().buffer,
  send: async (_, { changes }) => {
    revision++;
    const results = changes.map((change) => {
      const id = change.op === 'put' ? change.annotation.id : change.op === 'delete' ? change.id : null;
      return { status: 'applied' as const, id, revision };
    });
    return { revision, results };
  },
  since: async () => {
    throw new Error('Nobody else changes this set.');
  },
  subscribe: () => () => {},
};

const host = document.createElement('div');
Object.assign(host.style, { position: 'relative', width: '1280px', height: '800px' });
document.body.append(host);
const blob = await picture();
const editor: Editor = createEditor({ port, server: 'bench', user: { id: 'bench', name: 'Bench' } });
editor.mount(host);
await settled();
const started = performance.now();
await editor.openImage({ imageId: 'bench', setId: 'bench', picture: blob, size: imageSize, ontology, readOnly: false });
await editor.whenPainted();
opened((await nextFrame()) - started);

/** Steps of the wheel and of dragging with Space held, as a person makes them. */
const canvas = host.lastElementChild as HTMLElement;
const nothing = { median: Number.NaN, p95: Number.NaN };
let [zoomedOut, zoomedIn, hover, hit, vertex, release] = [nothing, nothing, nothing, nothing, nothing, nothing];
const longest = await longestTask(async () => {
  zoomedOut = await frames(90, (i) => {
    if (i % 3 === 2) wheel(640 + i, 400, i % 2 === 0 ? -60 : 60);
    else panBy(i % 20 < 10 ? 9 : -9, 4);
  });
  editor.zoomToScale(2);
  await editor.whenPainted();
  zoomedIn = await frames(90, (i) => panBy(i % 60 < 30 ? 12 : -12, 3));
  editor.fit();
  await editor.whenPainted();
  hover = await frames(60, (i) => point('pointermove', 200 + i * 12, 300 + i * 3));
  hit = hits();
  editor.zoomToScale(1);
  await editor.whenPainted();
  vertex = await vertexDrag();
  release = await releases();
});
const name = requestedBoxes() ? 'boxes' : 'Plumbline';
report({ name, count, zoomedOut, zoomedIn, hover, hit, vertex, release, longestTask: longest });

function panBy(deltaX: number, deltaY: number): void {
  canvas.dispatchEvent(new WheelEvent('wheel', { deltaX, deltaY, clientX: 640, clientY: 400, bubbles: true }));
}

function wheel(clientX: number, clientY: number, deltaY: number): void {
  canvas.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX, clientY, bubbles: true }));
}

function point(type: string, clientX: number, clientY: number): void {
  const init = { clientX, clientY, button: 0, pointerId: 1, isPrimary: true, bubbles: true };
  canvas.dispatchEvent(new PointerEvent(type, init));
}

/** What handling one movement of the pointer takes, without the frame. */
function hits(): { median: number; p95: number } {
  const times = Array.from({ length: 200 }, (_, i) => {
    const before = performance.now();
    point('pointermove', 200 + i * 4, 300 + (i % 40) * 5);
    return performance.now() - before;
  });
  return quantiles(times);
}

/** From frame to frame while a vertex is dragged. */
async function vertexDrag(): Promise<{ median: number; p95: number }> {
  canvas.setPointerCapture = () => {};
  const [x, y] = [640, 400];
  const record = editor.annotations.value.list().find(({ shape }) => {
    const p = firstVertex(shape);
    const at = p === null ? null : onScreen(p);
    return at !== null && Math.abs(at.x - x) < 300 && Math.abs(at.y - y) < 200;
  });
  const first = record === undefined ? null : firstVertex(record.shape);
  if (record === undefined || first === null) throw new Error('No polygon is in the middle.');
  editor.select([record.id]);
  await nextFrame();
  const at = onScreen(first);
  point('pointerdown', at.x, at.y);
  const times = await frames(60, (i) => point('pointermove', at.x + (i % 20), at.y + (i % 13)));
  point('pointerup', at.x, at.y);
  editor.actions.undo();
  editor.select([]);
  await editor.whenPainted();
  return times;
}

function firstVertex(shape: Shape): { x: number; y: number } | null {
  if (shape.kind === 'box') return { x: shape.x, y: shape.y };
  const outer = shape.kind === 'polygon' ? shape.parts[0]?.outer : undefined;
  return outer === undefined ? null : { x: outer[0] ?? 0, y: outer[1] ?? 0 };
}

function onScreen({ x, y }: { x: number; y: number }): { x: number; y: number } {
  const { center, scale, viewport } = editor.camera.value;
  const bounds = canvas.getBoundingClientRect();
  return {
    x: bounds.left + (x - center.x) * scale + viewport.width / 2,
    y: bounds.top + (y - center.y) * scale + viewport.height / 2,
  };
}

/**
 * Moves objects one after the other, releasing them at any moment between two frames; measures from the release of the
 * button until the frame that shows the object in its final place has been painted.
 */
async function releases(): Promise<{ median: number; p95: number }> {
  const times: number[] = [];
  canvas.setPointerCapture = () => {};
  for (let i = 0; i < 40; i++) {
    const [x, y] = [240 + (i % 8) * 100, 200 + Math.floor(i / 8) * 100];
    point('pointerdown', x, y);
    for (let k = 1; k <= 5; k++) {
      point('pointermove', x + 6 * k, y + 3 * k);
      await nextFrame();
    }
    await new Promise((resolve) => setTimeout(resolve, (i * 7) % 16));
    const released = performance.now();
    point('pointerup', x + 30, y + 15);
    times.push((await nextPainted()) - released);
  }
  return quantiles(times);
}
