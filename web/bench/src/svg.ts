import { frames, nextFrame, opened, report, requestedCount, settled } from './measure.ts';
import { polygons } from './scene.ts';

/** The same scene as plain SVG elements, panned and zoomed by a transform. */
const namespace = 'http://www.w3.org/2000/svg';
const count = requestedCount();
const scene = polygons(count);
await settled();
const started = performance.now();
const svg = document.createElementNS(namespace, 'svg');
svg.setAttribute('width', '1280');
svg.setAttribute('height', '800');
const group = document.createElementNS(namespace, 'g');
for (const { points, color } of scene) {
  const polygon = document.createElementNS(namespace, 'polygon');
  polygon.setAttribute('points', points.join(' '));
  polygon.setAttribute('fill', `${color}33`);
  polygon.setAttribute('stroke', color);
  polygon.setAttribute('stroke-width', '1.5');
  polygon.setAttribute('vector-effect', 'non-scaling-stroke');
  group.append(polygon);
}
svg.append(group);
document.body.append(svg);

function look(x: number, y: number, zoom: number): void {
  const scale = 2 ** zoom;
  group.setAttribute('transform', `translate(${640 - x * scale},${400 - y * scale}) scale(${scale})`);
}

look(2000, 1500, -2);
await nextFrame();
await nextFrame();
opened(performance.now() - started);
const zoomedOut = await frames(30, (i) => look(2000 + i * 5, 1500, -2 + i * 0.02));
const zoomedIn = await frames(30, (i) => look(2000 + i * 2, 1500, 1));
report({ name: 'plain SVG', count, zoomedOut, zoomedIn });
