import { createEditor, type Editor, type Ontology, type SyncPort, startWorkers } from '@plumbline/editor';
import { frames, nextFrame, nextPainted, opened, quantiles, report, requestedCount } from './measure.ts';
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
const bytes = new TextEncoder().encode(JSON.stringify(annotationSet(count)));
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
const started = performance.now();
await editor.openImage({ imageId: 'bench', setId: 'bench', picture: blob, size: imageSize, ontology, readOnly: false });
await editor.whenPainted();
opened((await nextFrame()) - started);

/** Steps of the wheel and of dragging with Space held, as a person makes them. */
const canvas = host.lastElementChild as HTMLElement;
const zoomedOut = await frames(90, (i) => {
  if (i % 3 === 2) wheel(640 + i, 400, i % 2 === 0 ? -60 : 60);
  else panBy(i % 20 < 10 ? 9 : -9, 4);
});
editor.zoomToScale(2);
await editor.whenPainted();
const zoomedIn = await frames(90, (i) => panBy(i % 60 < 30 ? 12 : -12, 3));
editor.fit();
await editor.whenPainted();
const hover = await frames(60, (i) => point('pointermove', 200 + i * 12, 300 + i * 3));
editor.zoomToScale(1);
await editor.whenPainted();
const release = await releases();
report({ name: 'Plumbline', count, zoomedOut, zoomedIn, hover, release });

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
