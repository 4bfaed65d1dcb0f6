import type { Raster } from './raster.ts';

/** CIE L*a*b* (D65) of a raster, three numbers a pixel: a Euclidean distance of 1 can just be seen, 100 is black to white. */
export function toLab({ width, height, data }: Raster): Float32Array {
  const lab = new Float32Array(3 * width * height);
  for (let i = 0, o = 0; o < lab.length; i += 4, o += 3) {
    const r = linear[data[i] as number] as number;
    const g = linear[data[i + 1] as number] as number;
    const b = linear[data[i + 2] as number] as number;
    const x = root((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
    const y = root(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
    const z = root((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
    lab[o] = 116 * y - 16;
    lab[o + 1] = 500 * (x - y);
    lab[o + 2] = 200 * (y - z);
  }
  return lab;
}

/** Source: IEC 61966-2-1. */
const linear = Float32Array.from({ length: 256 }, (_, i) => {
  const c = i / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
});

const steps = 8192;
/** CIE's cube root with its linear part near black, for 0 to 1. */
const roots = Float32Array.from({ length: steps + 2 }, (_, i) => {
  const t = i / steps;
  return t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116;
});

function root(t: number): number {
  const at = Math.min(1, t) * steps;
  const i = at | 0;
  const a = roots[i] as number;
  return a + (at - i) * ((roots[i + 1] as number) - a);
}
