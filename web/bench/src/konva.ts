import Konva from 'konva';
import { frames, nextFrame, opened, report, requestedCount, settled } from './measure.ts';
import { polygons } from './scene.ts';

/** The same scene in Konva, one line per polygon, panned and zoomed through the stage. */
const count = requestedCount();
const scene = polygons(count);
await settled();
const started = performance.now();
const container = document.createElement('div');
document.body.append(container);
const stage = new Konva.Stage({ container, width: 1280, height: 800 });
const layer = new Konva.Layer({ listening: false });
stage.add(layer);
for (const { points, color } of scene) {
  const style = { fill: `${color}33`, stroke: color, strokeWidth: 1.5, strokeScaleEnabled: false };
  layer.add(new Konva.Line({ points, closed: true, perfectDrawEnabled: false, ...style }));
}

function look(x: number, y: number, zoom: number): void {
  const scale = 2 ** zoom;
  stage.scale({ x: scale, y: scale });
  stage.position({ x: 640 - x * scale, y: 400 - y * scale });
  layer.draw();
}

look(2000, 1500, -2);
await nextFrame();
await nextFrame();
opened(performance.now() - started);
const zoomedOut = await frames(15, (i) => look(2000 + i * 5, 1500, -2 + i * 0.02));
const zoomedIn = await frames(15, (i) => look(2000 + i * 2, 1500, 1));
report({ name: 'Konva', count, zoomedOut, zoomedIn });
