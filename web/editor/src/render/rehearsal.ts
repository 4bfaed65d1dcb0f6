import type { WireAnnotation, WireAnnotationSet } from '../model/annotation.ts';
import { Painter } from './painter.ts';
import type { SceneStyle } from './protocol.ts';
import { readSet } from './read-set.ts';
import { Scene } from './scene.ts';

const across = 30;
const count = across * across;
const vertices = 30;
const pitch = 16;

const plain: SceneStyle = {
  classes: {},
  hiddenObjects: new Set(),
  hiddenClasses: new Set(),
  isolated: null,
  colorBy: 'class',
  fill: 0.25,
  classFill: {},
  rejected: new Set(),
  selected: new Set(),
  excluded: new Set(),
  pixelRatio: 1,
};

/**
 * Reads and draws a made-up set for nobody. What a worker does for the first time takes it twice as long – compiling,
 * growing its heap, making its first canvas – and the first picture of 5,000 polygons some 50 ms.
 */
export function rehearse(): void {
  const side = across * pitch;
  const scene = new Scene();
  readSet(madeUpSet(), scene, false, () => {});
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) return;
  const view = { left: 0, top: 0, scale: 1, width: side, height: side };
  new Painter(context, view, plain).paint(scene.visible({ left: 0, top: 0, right: side, bottom: side }));
  canvas.transferToImageBitmap().close();
}

function madeUpSet(): ArrayBuffer {
  const set: WireAnnotationSet = {
    id: '',
    imageId: '',
    projectId: '',
    source: 'working',
    revision: 0,
    outcome: 'unlabelled',
    outcomeReason: null,
    outcomeRevision: 0,
    annotations: Array.from({ length: count }, (_, i) => madeUp(i)),
    tiles: [],
  };
  return new TextEncoder().encode(JSON.stringify(set)).buffer;
}

/** Polygons of all the sizes that are drawn in different ways. */
function madeUp(i: number): WireAnnotation {
  const [x, y, size] = [(i % across) * pitch, Math.floor(i / across) * pitch, 2 + (i % 9)];
  const outer = Array.from({ length: 2 * vertices }, (_, k) => {
    const angle = (Math.floor(k / 2) / vertices) * 2 * Math.PI;
    return k % 2 === 0 ? x + size * Math.cos(angle) : y + size * Math.sin(angle);
  });
  return {
    id: String(i),
    classId: '',
    shape: { kind: 'polygon', parts: [{ outer, holes: [] }] },
    attributes: {},
    z: 0,
    groupId: null,
    ignore: false,
    score: null,
    provenance: { origin: 'synthetic', by: null, at: null },
    revision: 0,
  };
}
