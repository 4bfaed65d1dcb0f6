import {
  createEditor,
  type Ontology,
  type SyncPort,
  startWorkers,
  type WireAnnotation,
  type WireAnnotationSet,
} from '@plumbline/editor';
import { type Frames, frames, longestTask, nextFrame, nextPainted, quantiles } from './measure.ts';
import { classColors, picture } from './scene.ts';

/** 100 megapixels. The picture under it is smaller: decoding is not what is measured. */
const size = { width: 10_000, height: 10_000 };
const blobs = 400;
const holedRow = 10;

startWorkers();
const [color = '#3182bd'] = classColors;
const ontology: Ontology = {
  classes: [
    {
      id: 'cell',
      name: 'Cell',
      parentId: null,
      color,
      key: null,
      shapes: ['mask'],
      description: '',
      attributes: [],
      skeletonId: null,
      retired: false,
    },
  ],
  imageAttributes: [],
  skeletons: [],
};
const mask = manyBlobs();
const set: WireAnnotationSet = {
  id: 'bench',
  imageId: 'bench',
  projectId: 'bench',
  source: 'working',
  revision: 1,
  outcome: 'unlabelled',
  outcomeReason: null,
  outcomeRevision: 0,
  annotations: [mask],
  tiles: [],
};
const bytes = new TextEncoder().encode(JSON.stringify(set));
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
const editor = createEditor({ port, server: 'bench', user: { id: 'bench', name: 'Bench' } });
editor.mount(host);
await editor.openImage({ imageId: 'b', setId: 'bench', picture: await picture(), size, ontology, readOnly: false });
await editor.whenPainted();
const canvas = host.lastElementChild as HTMLElement;
canvas.setPointerCapture = () => {};

editor.setDrawing({ brushSize: 200 });
let figures: Record<string, Frames> = {};
const longest = await longestTask(async () => {
  figures = { ...(await strokes('pixel by pixel', 1)), ...(await strokes('whole image', 0.08)), fill: await fills() };
});
Object.assign(window, {
  painting: { runs: mask.shape.kind === 'mask' ? mask.shape.runs.length : 0, longest, figures },
});

/** Strokes of 60 moves on the mask; commit = releasing the button until it returns, undo likewise. */
async function strokes(name: string, scale: number): Promise<Record<string, Frames>> {
  editor.zoomToScale(scale);
  editor.select([mask.id]);
  editor.setTool('brush');
  await editor.whenPainted();
  const [moves, handling, commits, released, undos]: number[][] = [[], [], [], [], []];
  for (let round = 0; round < 8; round++) {
    const y = 150 + round * 60;
    point('pointerdown', 200, y);
    let last = await nextFrame();
    for (let i = 1; i <= 60; i++) {
      const before = performance.now();
      point('pointermove', 200 + i * 12, y + 40 * Math.sin(i / 5));
      handling?.push(performance.now() - before);
      const now = await nextFrame();
      moves?.push(now - last);
      last = now;
    }
    const before = performance.now();
    point('pointerup', 920, y);
    commits?.push(performance.now() - before);
    await nextPainted();
    released?.push(performance.now() - before);
    await editor.whenPainted();
    const undoing = performance.now();
    editor.actions.undo();
    undos?.push(performance.now() - undoing);
    editor.select([mask.id]);
    await editor.whenPainted();
  }
  await frames(5, () => {});
  return {
    [`${name}: frame to frame`]: quantiles(moves ?? []),
    [`${name}: one move handled`]: quantiles(handling ?? []),
    [`${name}: commit`]: quantiles(commits ?? []),
    [`${name}: release→painted`]: quantiles(released ?? []),
    [`${name}: undo`]: quantiles(undos ?? []),
  };
}

async function fills(): Promise<Frames> {
  editor.setTool('fill');
  const times: number[] = [];
  for (let i = 0; i < 8; i++) {
    editor.select([mask.id]);
    const at = onScreen(250 + 500 * (6 + i), 5250);
    const before = performance.now();
    point('pointerdown', at.x, at.y);
    point('pointerup', at.x, at.y);
    times.push(performance.now() - before);
    if (editor.history.value.undo !== 'Fill') throw new Error('Nothing was filled.');
    editor.actions.undo();
    await editor.whenPainted();
  }
  return quantiles(times);
}

/** A mask of 400 blobs with ragged edges all over the image, those of one row with a hole: some 0.4 MB of COCO run lengths. */
function manyBlobs(): WireAnnotation {
  const across = Math.sqrt(blobs);
  const pitch = size.width / across;
  const runs: number[] = [];
  let end = 0;
  let open = 0;
  const span = (from: number, to: number) => {
    if (from === open && runs.length > 0) runs[runs.length - 1] = (runs.at(-1) ?? 0) + to - from;
    else runs.push(from - end, to - from);
    end = to;
    open = to;
  };
  for (let y = 0; y < size.height; y++) {
    const dy = (y % pitch) - pitch / 2;
    for (let column = 0; column < across; column++) {
      const ragged = ((y * 7919 + column * 104_729) % 17) - 8;
      const outer = Math.sqrt(Math.max(0, 200 ** 2 - dy * dy));
      const isHoled = Math.floor(y / pitch) === holedRow;
      const inner = isHoled ? Math.sqrt(Math.max(0, 120 ** 2 - dy * dy)) : 0;
      if (outer === 0) continue;
      const middle = y * size.width + pitch * (column + 0.5);
      const reach = Math.round(outer + Math.max(0, ragged));
      const hole = Math.round(inner);
      if (hole === 0) span(middle - reach, middle + reach);
      else {
        span(middle - reach, middle - hole);
        span(middle + hole, middle + reach);
      }
    }
  }
  runs.push(size.width * size.height - end);
  return {
    id: '0190a000-0000-7000-8000-000000000001',
    classId: 'cell',
    shape: { kind: 'mask', x: 0, y: 0, ...size, runs },
    attributes: {},
    z: 0,
    groupId: null,
    ignore: false,
    score: null,
    provenance: { origin: 'synthetic', by: null, at: null },
    revision: 1,
  };
}

function point(type: string, clientX: number, clientY: number): void {
  const init = { clientX, clientY, button: 0, pointerId: 1, isPrimary: true, bubbles: true };
  canvas.dispatchEvent(new PointerEvent(type, init));
}

function onScreen(x: number, y: number): { x: number; y: number } {
  const { center, scale, viewport } = editor.camera.value;
  const bounds = canvas.getBoundingClientRect();
  return {
    x: bounds.left + (x - center.x) * scale + viewport.width / 2,
    y: bounds.top + (y - center.y) * scale + viewport.height / 2,
  };
}
