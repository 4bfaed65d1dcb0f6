import { Camera } from '../../src/camera/camera.ts';
import type { EditorRecord, PolygonShape, Shape } from '../../src/model/annotation.ts';
import { FakeServer } from '../fake-server.ts';
import { TestEditor, wire } from '../test-editor.ts';
import { DirectAssist } from './direct-assist.ts';
import { disc, iou, type Painter, RasterPicture, type Rgb, regionOf, scene } from './scenes.ts';

export const red: Rgb = [190, 50, 50];
export const green: Rgb = [70, 120, 80];
export const size = { width: 100, height: 100 };
export const oneDisc = disc(50, 50, 28, red, green);

/** Two equal signs and room for more. */
export const signs: Painter = (x, y) => {
  for (const [cx, cy] of [
    [20, 25],
    [70, 30],
    [45, 75],
  ] as const) {
    const away = Math.hypot(x - cx, y - cy);
    if (away < 9) return { color: away < 4 ? [240, 240, 230] : red, inside: true };
  }
  return { color: green, inside: false };
};

export async function open(paint: Painter = oneDisc, objects: readonly Shape[] = [], noise = 10) {
  const { raster, truth } = scene(size, paint, noise);
  const assist = new DirectAssist(new RasterPicture(raster));
  const server = new FakeServer(
    'set',
    objects.map((shape, i) => wire(`o${i}`, shape)),
  );
  const editor = await TestEditor.open({ assist, server });
  editor.camera.set(new Camera(size, { width: 120, height: 120 }, { x: 50, y: 50 }, 1));
  const shapes = () => editor.records().map(({ shape }) => shape);
  const only = () => shapes()[0] as PolygonShape;
  const likeTruth = () => iou(regionOf(only(), size), truth);
  return { editor, assist, truth, shapes, only, likeTruth };
}

export const provenances = (records: readonly EditorRecord[]) => records.map(({ provenance }) => provenance.origin);
