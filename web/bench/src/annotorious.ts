import { createImageAnnotator, type ImageAnnotation, ShapeType } from '@annotorious/annotorious';
import '@annotorious/annotorious/annotorious.css';
import { frames, longestTask, nextFrame, opened, quantiles, report, requestedCount } from './measure.ts';
import { picture, polygons } from './scene.ts';

/** The same scene in Annotorious. It has no zoom of its own over a plain picture: a transform of both pans and zooms them. */
const count = requestedCount();
const scene = polygons(count);
const frame = document.createElement('div');
Object.assign(frame.style, { width: '1280px', height: '800px', overflow: 'hidden', position: 'relative' });
const moved = document.createElement('div');
Object.assign(moved.style, { transformOrigin: '0 0', position: 'absolute' });
const image = document.createElement('img');
moved.append(image);
frame.append(moved);
document.body.append(frame);
const address = URL.createObjectURL(await picture());

const started = performance.now();
image.src = address;
await image.decode();
look(2000, 1500, -2);
const annotator = createImageAnnotator(image, {
  style: ({ id }) => {
    const color = scene[Number(id)]?.color ?? '#3182bd';
    return { fill: color, fillOpacity: 0.2, stroke: color, strokeWidth: 1.5 } as { fill: `#${string}` };
  },
});
annotator.setAnnotations(scene.map(({ points }, i) => annotation(String(i), points)));
await nextFrame();
await nextFrame();
opened(performance.now() - started);

const nothing = { median: Number.NaN, p95: Number.NaN };
let [zoomedOut, zoomedIn, hover, hit, vertex] = [nothing, nothing, nothing, nothing, nothing];
const longest = await longestTask(async () => {
  zoomedOut = await frames(15, (i) => look(2000 + i * 5, 1500, -2 + i * 0.02));
  zoomedIn = await frames(15, (i) => look(2000 + i * 2, 1500, 1));
  look(2000, 1500, -2);
  await nextFrame();
  hover = await frames(15, (i) => point('pointermove', 200 + i * 12, 300 + i * 3));
  hit = hits();
  look(2000, 1500, 0);
  await nextFrame();
  vertex = await vertexDrag();
});
report({ name: 'Annotorious', count, zoomedOut, zoomedIn, hover, hit, vertex, longestTask: longest });

function annotation(id: string, points: readonly number[]): ImageAnnotation {
  const pairs = Array.from({ length: points.length / 2 }, (_, i): [number, number] => [
    points[2 * i] ?? 0,
    points[2 * i + 1] ?? 0,
  ]);
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
  const bounds = { minX: Math.min(...xs), minY: Math.min(...ys), maxX: Math.max(...xs), maxY: Math.max(...ys) };
  const selector = { type: ShapeType.POLYGON, geometry: { points: pairs, bounds } };
  return { id, bodies: [], target: { annotation: id, selector } } as ImageAnnotation;
}

function look(x: number, y: number, zoom: number): void {
  const scale = 2 ** zoom;
  moved.style.transform = `translate(${640 - x * scale}px,${400 - y * scale}px) scale(${scale})`;
}

/** To whatever lies there, as a real pointer would. */
function point(type: string, clientX: number, clientY: number, on = document.elementFromPoint(clientX, clientY)): void {
  on?.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, isPrimary: true, bubbles: true }));
}

function hits(): { median: number; p95: number } {
  const times = Array.from({ length: 20 }, (_, i) => {
    const before = performance.now();
    point('pointermove', 200 + i * 16, 300 + (i % 40) * 5);
    return performance.now() - before;
  });
  return quantiles(times);
}

/** From frame to frame while a vertex of a selected polygon in the middle is dragged. */
async function vertexDrag(): Promise<{ median: number; p95: number }> {
  Element.prototype.setPointerCapture = () => {};
  Element.prototype.releasePointerCapture = () => {};
  const inMiddle = scene.findIndex(
    ({ points: [x = 0, y = 0] }) => Math.abs(x - 2000) < 300 && Math.abs(y - 1500) < 200,
  );
  annotator.setSelected(String(inMiddle), true);
  await nextFrame();
  await nextFrame();
  const handle = document.querySelector('.a9s-handle-buffer');
  if (handle === null) throw new Error('Annotorious shows no handle.');
  const { left, top, width, height } = handle.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  point('pointerdown', x, y, handle);
  const before = handle.getBoundingClientRect().left;
  const times = await frames(6, (i) => point('pointermove', x + 5 + (i % 20), y + (i % 13), handle));
  const moved = document.querySelector('.a9s-handle-buffer')?.getBoundingClientRect().left;
  point('pointerup', x, y, handle);
  if (moved === before) throw new Error('Annotorious moved no vertex.');
  return times;
}
