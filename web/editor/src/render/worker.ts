/// <reference lib="webworker" />
import type { ImageBox } from '../geometry/spaces.ts';
import { assertNever } from '../model/assert-never.ts';
import { expanded } from '../model/compact.ts';
import { Painter } from './painter.ts';
import type { FromWorker, LayerView, PixelRect, SceneStyle, ToWorker } from './protocol.ts';
import { readSet } from './read-set.ts';
import { rehearse } from './rehearsal.ts';
import { Scene } from './scene.ts';
import { textHeight } from './texts.ts';

const port = self as unknown as DedicatedWorkerGlobalScope;
const scenes = new Map<string, Scene>();
let canvas = new OffscreenCanvas(1, 1);
/** The last drawing that was asked for before its scene had come. */
let waiting: DrawRequest | null = null;

type DrawRequest = Extract<ToWorker, { readonly type: 'draw' }>;

rehearse();

port.onmessage = (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  switch (message.type) {
    case 'loadSet':
      loadSet(message);
      return;
    case 'change':
      sceneOf(message.scene).change(expanded(message.changes));
      sceneOf(message.scene).version = message.version;
      return;
    case 'style':
      sceneOf(message.scene).style = message.style;
      sceneOf(message.scene).version = message.version;
      return;
    case 'drop':
      scenes.delete(message.scene);
      return;
    case 'draw':
      if (sceneOf(message.scene).isLoaded) draw(message);
      else waiting = message;
      return;
    default:
      assertNever(message);
  }
};

function loadSet({ request, scene, bytes, adds }: Extract<ToWorker, { readonly type: 'loadSet' }>): void {
  try {
    const header = readSet(bytes, sceneOf(scene), adds, (packed) =>
      post({ type: 'records', request, packed }, [packed.structure.buffer, packed.numbers.buffer]),
    );
    post({ type: 'set', request, header }, header.tree === null ? [] : [header.tree]);
    // While the main thread unpacks.
    drawWaiting(scene);
  } catch (error) {
    fail(request, error);
  }
}

function drawWaiting(scene: string): void {
  if (waiting?.scene !== scene) return;
  draw(waiting);
  waiting = null;
}

function draw({ request, scene: id, view, part }: DrawRequest): void {
  const started = performance.now();
  const scene = sceneOf(id);
  const reach = reachOf(scene.style);
  const rect = part === null ? null : pixelsOf(part, view, reach);
  const area = rect ?? { x: 0, y: 0, width: view.width, height: view.height };
  const answer = { type: 'layer', request, version: scene.version, view, rect } as const;
  if (scene.style === null || area.width <= 0 || area.height <= 0) {
    post({ ...answer, bitmap: null, milliseconds: 0 }, []);
    return;
  }
  if (canvas.width !== area.width || canvas.height !== area.height)
    canvas = new OffscreenCanvas(area.width, area.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser gives workers no 2D canvas.');
  const shifted: LayerView = { ...view, left: view.left + area.x / view.scale, top: view.top + area.y / view.scale };
  context.reset();
  new Painter(context, shifted, scene.style).paint(scene.visible(seenBy(shifted, area, reach)));
  const bitmap = canvas.transferToImageBitmap();
  post({ ...answer, bitmap, milliseconds: performance.now() - started }, [bitmap]);
}

/** The part of the image that the pixels show, and as much around it as strokes and discs reach. */
function seenBy(view: LayerView, area: PixelRect, pixels: number): ImageBox {
  const reach = pixels / view.scale;
  return {
    left: view.left - reach,
    top: view.top - reach,
    right: view.left + area.width / view.scale + reach,
    bottom: view.top + area.height / view.scale + reach,
  };
}

/** How many device pixels beyond an object's bounds strokes, discs and the text below it reach. */
function reachOf(style: SceneStyle | null): number {
  if (style === null) return 0;
  const isWritten = Object.values(style.classes).some(({ text }) => text !== null);
  return (isWritten ? textHeight + 4 : 8) * style.pixelRatio;
}

function pixelsOf(part: ImageBox, view: LayerView, reach: number): PixelRect {
  const x = Math.max(0, Math.floor((part.left - view.left) * view.scale) - reach);
  const y = Math.max(0, Math.floor((part.top - view.top) * view.scale) - reach);
  const right = Math.min(view.width, Math.ceil((part.right - view.left) * view.scale) + reach);
  const bottom = Math.min(view.height, Math.ceil((part.bottom - view.top) * view.scale) + reach);
  return { x, y, width: right - x, height: bottom - y };
}

function sceneOf(id: string): Scene {
  const known = scenes.get(id);
  if (known !== undefined) return known;
  const scene = new Scene();
  scenes.set(id, scene);
  return scene;
}

function fail(request: number, error: unknown): void {
  post({ type: 'failed', request, message: error instanceof Error ? error.message : String(error) }, []);
}

function post(message: FromWorker, transfer: Transferable[]): void {
  port.postMessage(message, transfer);
}
