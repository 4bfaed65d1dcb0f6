import { WorkerAssist } from '../../editor/src/assist/assist.ts';
import type { AssistAnswers, AssistKind, AssistRequests } from '../../editor/src/assist/protocol.ts';
import type { ImageBox, ImagePoint } from '../../editor/src/geometry/spaces.ts';
import { longestTask } from './measure.ts';
import { imageSize } from './scene.ts';

/** A made-up picture: noisy ground, on it a grid of noisy discs in a few colours. */
async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(imageSize.width, imageSize.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas');
  context.fillStyle = '#46735a';
  context.fillRect(0, 0, imageSize.width, imageSize.height);
  for (const [i, { x, y }] of places.entries()) {
    context.beginPath();
    context.ellipse(x, y, radius, 0.8 * radius, i, 0, 2 * Math.PI);
    context.fillStyle = ['#be4637', '#b9963c', '#5a5fb4'][i % 3] ?? '#be4637';
    context.fill();
  }
  const pixels = context.getImageData(0, 0, imageSize.width, imageSize.height);
  let state = 1;
  for (let i = 0; i < pixels.data.length; i += 4) {
    state = (state * 1664525 + 1013904223) >>> 0;
    const noise = (state >>> 27) - 16;
    for (let c = 0; c < 3; c++) pixels.data[i + c] = (pixels.data[i + c] ?? 0) + noise;
  }
  context.putImageData(pixels, 0, 0);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

const radius = 190;
const places: readonly ImagePoint[] = Array.from({ length: 48 }, (_, i) => ({
  x: 250 + 500 * (i % 8),
  y: 250 + 500 * Math.floor(i / 8),
}));
const times = 9;
const wish = { detail: 1 };

const assist = new WorkerAssist();
assist.onFailure = (message) => {
  throw new Error(message);
};
assist.open({ source: await picture(), size: imageSize });

async function ask<K extends AssistKind>(kind: K, content: AssistRequests[K]): Promise<AssistAnswers[K]> {
  const answer = await assist.ask(kind, content, 'bench');
  if (answer === null) throw new Error('No answer');
  return answer;
}

type View = { readonly first: number; readonly median: number; readonly longest: number };
type Row = { readonly name: string; readonly views: View[] };
const rows: Row[] = [];

/** Does it at several objects, after `before`, which is not measured. */
async function measure(
  name: string,
  work: (i: number) => Promise<unknown>,
  before: (i: number) => Promise<unknown> = async () => {},
): Promise<void> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    await before(i);
    const started = performance.now();
    await work(i);
    taken.push(Math.round(performance.now() - started));
  }
  const sorted = [...taken].sort((a, b) => a - b);
  const view = { first: taken[0] ?? 0, median: sorted[times >> 1] ?? 0, longest: sorted.at(-1) ?? 0 };
  const row = rows.find((known) => known.name === name);
  if (row === undefined) rows.push({ name, views: [view] });
  else row.views.push(view);
}

/** @param boxAt what is seen when the hand works at the n-th object */
async function measureAll(boxAt: (i: number) => ImageBox): Promise<void> {
  const at = (i: number): ImagePoint => places[18 + (i % 4)] ?? { x: 0, y: 0 };
  const around = (i: number, by: number): ImageBox => {
    const { x, y } = at(i);
    return { left: x - by, top: y - by, right: x + by, bottom: y + by };
  };
  const moved = (i: number) => {
    const box = boxAt(i);
    return { ...box, left: box.left + 8 * (i + 1) };
  };
  const seed = (i: number, tolerance: number) => [{ at: at(i), tolerance, adds: true }];
  await measure('scissors: another view (ahead of the click)', (i) => ask('edges', { box: moved(i) }));
  const rim = (i: number) => ({ x: at(i).x + radius, y: at(i).y + i });
  const ways = (i: number, reach: number) => ask('ways', { box: boxAt(0), to: rim(i), reach });
  await measure('scissors: ways to a new corner from near', (i) => ways(i, 256));
  await measure('scissors: from everywhere (afterwards)', (i) => ways(i, Number.POSITIVE_INFINITY));
  await measure('wand: another view (ahead of the click)', (i) => ask('look', { box: moved(i) }));
  await measure(
    'wand: click',
    (i) => ask('flood', { box: boxAt(0), seeds: seed(i, 30), ...wish, fine: false }),
    () => ask('look', { box: boxAt(0) }),
  );
  await measure('wand: other tolerance', (i) =>
    ask('flood', { box: boxAt(0), seeds: seed(0, 30 + i), ...wish, fine: false }),
  );
  await measure('wand: refined at full resolution', (i) =>
    ask('flood', { box: boxAt(0), seeds: seed(0, 30 + i), ...wish, fine: true }),
  );
  await measure('object in a box', (i) =>
    ask('segment', { box: around(i, 230 + i), scribbles: [], ...wish, fine: false }),
  );
  const scribbles = (i: number) => [
    { points: [at(i).x, at(i).y, at(i).x + 60, at(i).y + i], isObject: true, radius: 6 },
  ];
  await measure('object in a box: scribble', (i) =>
    ask('segment', { box: around(i, 230), scribbles: scribbles(i), ...wish, fine: false }),
  );
  await measure('object in a box: refined at full resolution', (i) =>
    ask('segment', { box: around(8, 230), scribbles: scribbles(8), detail: 1 + i / 10, fine: true }),
  );
  await measure('superpixels: another view (ahead of the click)', (i) => ask('cells', { box: moved(i), side: 24 }));
  const { count } = await ask('cells', { box: boxAt(0), side: 24 });
  await measure('superpixels: cells added', (i) => {
    const chosen = Uint8Array.from({ length: count }, (_, cell) => (cell % 97 < 20 + i ? 1 : 0));
    return ask('joinCells', { chosen, ...wish, fine: false });
  });
  await measure('tighten a box', (i) => ask('tighten', { boxes: [around(i, 240 + i)] }));
  const rough = (i: number) => {
    const angles = Array.from({ length: 24 }, (_, k) => (k * Math.PI) / 12);
    return angles.flatMap((a) => [at(i).x + (radius - 20) * Math.cos(a), at(i).y + (radius - 20) * Math.sin(a)]);
  };
  await measure('fit a polygon to edges', (i) =>
    ask('fit', { polygon: { kind: 'polygon', parts: [{ outer: rough(i), holes: [] }] }, reach: 32, detail: 1 }),
  );
  await measure('find similar in the whole picture', (i) => ask('similar', { box: around(i, 230), least: 0.5 }));
}

let decoding = 0;
const longest = await longestTask(async () => {
  const started = performance.now();
  await ask('look', { box: { left: 0, top: 0, right: 1, bottom: 1 } });
  decoding = Math.round(performance.now() - started);
  await measureAll(() => ({ left: 0, top: 0, ...{ right: imageSize.width, bottom: imageSize.height } }));
  await measureAll(() => ({ left: 1200, top: 1000, right: 2480, bottom: 1780 }));
});
Object.assign(window, { assistFigures: { decoding, longestTask: longest, rows } });
