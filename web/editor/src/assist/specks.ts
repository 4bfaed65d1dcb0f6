import type { Region } from './raster.ts';

/**
 * The region without parts and without holes of fewer than `least` pixels. Pixels that meet at a corner only are not
 * connected. What touches the raster's border may go on beyond it, and is no hole.
 */
export function withoutSpecks({ width, height, data }: Region, least: number): Region {
  const cleaned = data.slice();
  const seen = new Uint8Array(data.length);
  const stack = new Int32Array(data.length);
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1) continue;
    const value = data[start] as number;
    let [top, count] = [1, 0];
    let touchesBorder = false;
    stack[0] = start;
    seen[start] = 1;
    // The stack's lower part keeps the members, as long as there are few.
    const members: number[] = [];
    while (top > 0) {
      const i = stack[--top] as number;
      count++;
      if (count < least) members.push(i);
      const x = i % width;
      if (x === 0 || x === width - 1 || i < width || i >= data.length - width) touchesBorder = true;
      if (x > 0 && seen[i - 1] === 0 && data[i - 1] === value) {
        seen[i - 1] = 1;
        stack[top++] = i - 1;
      }
      if (x < width - 1 && seen[i + 1] === 0 && data[i + 1] === value) {
        seen[i + 1] = 1;
        stack[top++] = i + 1;
      }
      if (i >= width && seen[i - width] === 0 && data[i - width] === value) {
        seen[i - width] = 1;
        stack[top++] = i - width;
      }
      if (i + width < data.length && seen[i + width] === 0 && data[i + width] === value) {
        seen[i + width] = 1;
        stack[top++] = i + width;
      }
    }
    if (count >= least || (value === 0 && touchesBorder)) continue;
    for (const i of members) cleaned[i] = value === 0 ? 1 : 0;
  }
  return { width, height, data: cleaned };
}

/** The number of pixels inside. */
export function areaOfRegion({ data }: Region): number {
  let area = 0;
  for (let i = 0; i < data.length; i++) area += data[i] as number;
  return area;
}
