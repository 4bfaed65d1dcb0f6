import type { Shape, WireAnnotation, WireAnnotationSet } from '@plumbline/editor';

export const imageSize = { width: 4000, height: 3000 };
export const classColors = ['#e6550d', '#3182bd', '#31a354', '#756bb1', '#e7ba52', '#ce6dbd', '#17becf', '#d6616b'];

/**
 * Round polygons of 30 vertices, 16 to 76 pixels wide, all over a 12-megapixel image; the same for the same count.
 * Coordinates to a thousandth of a pixel, as the editor saves them.
 */
export function polygons(count: number, vertices = 30): { points: number[]; color: string }[] {
  const random = linearCongruential(1);
  return Array.from({ length: count }, () => {
    const [cx, cy, radius] = [random() * imageSize.width, random() * imageSize.height, 8 + random() * 30];
    const points: number[] = [];
    for (let k = 0; k < vertices; k++) {
      const angle = (k / vertices) * 2 * Math.PI;
      const r = radius * (0.8 + 0.4 * random());
      points.push(tidy(cx + r * Math.cos(angle)), tidy(cy + r * Math.sin(angle)));
    }
    return { points, color: classColors[Math.floor(random() * classColors.length)] ?? '#3182bd' };
  });
}

/** Polygons, or the boxes around them. */
export function annotationSet(count: number, boxes = false): WireAnnotationSet {
  const annotations = polygons(count, boxes ? 4 : 30).map(({ points, color }, i): WireAnnotation => {
    const id = `0190a000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`;
    return {
      id,
      classId: color,
      shape: boxes ? boxAround(points) : { kind: 'polygon', parts: [{ outer: points, holes: [] }] },
      attributes: {},
      z: 0,
      groupId: null,
      ignore: false,
      score: null,
      provenance: { origin: 'synthetic', by: null, at: null },
      revision: 1,
    };
  });
  return {
    id: 'bench',
    imageId: 'bench',
    projectId: 'bench',
    source: 'working',
    revision: 1,
    outcome: 'unlabelled',
    outcomeReason: null,
    outcomeRevision: 0,
    annotations,
    tiles: [],
  };
}

function boxAround(points: readonly number[]): Shape {
  const xs = points.filter((_, i) => i % 2 === 0);
  const ys = points.filter((_, i) => i % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { kind: 'box', x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function tidy(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A picture with something to see in it, as a JPEG. */
export async function picture(): Promise<Blob> {
  const canvas = new OffscreenCanvas(imageSize.width, imageSize.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No 2D canvas');
  const sky = context.createLinearGradient(0, 0, imageSize.width, imageSize.height);
  sky.addColorStop(0, '#345');
  sky.addColorStop(1, '#cba');
  context.fillStyle = sky;
  context.fillRect(0, 0, imageSize.width, imageSize.height);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

function linearCongruential(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
