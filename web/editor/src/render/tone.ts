import type { PictureTone } from '../api.ts';

export const untouchedTone: PictureTone = {
  brightness: 1,
  contrast: 1,
  gamma: 1,
  saturation: 1,
  channel: 'all',
  invert: false,
  equalise: false,
};

/** Values of a channel. */
const steps = 256;
const luminance = [0.2126, 0.7152, 0.0722] as const;

export function isUntouched(tone: PictureTone): boolean {
  return (Object.keys(untouchedTone) as (keyof PictureTone)[]).every((key) => tone[key] === untouchedTone[key]);
}

/**
 * The transfer of one channel: what each of its 256 values becomes, from 0 to 1.
 * @param shares of the picture's pixels with each of these values, for equalising; null = not equalised
 */
export function transferTable(tone: PictureTone, shares: readonly number[] | null): number[] {
  let below = 0;
  return Array.from({ length: steps }, (_, i) => {
    below += shares?.[i] ?? 0;
    const equalised = tone.equalise && shares !== null ? below : i / (steps - 1);
    const lit = (equalised * tone.brightness - 0.5) * tone.contrast + 0.5;
    const curved = Math.min(1, Math.max(0, lit)) ** (1 / tone.gamma);
    return tone.invert ? 1 - curved : curved;
  });
}

/** The rows of a colour matrix that shows one channel as grey, or all with more or less colour. */
export function colorMatrix({ channel, saturation }: PictureTone): number[] {
  const row = (own: number) =>
    [0, 1, 2].map((from) => {
      if (channel !== 'all') return from === ['red', 'green', 'blue'].indexOf(channel) ? 1 : 0;
      return (1 - saturation) * (luminance[from] ?? 0) + (from === own ? saturation : 0);
    });
  return [0, 1, 2].flatMap((own) => [...row(own), 0, 0]).concat(0, 0, 0, 1, 0);
}

/** Changes pixels (`r, g, b, a` bytes) in place; `sample` are those whose lightness is spread when it is equalised. */
export function applyTone(pixels: Uint8ClampedArray, tone: PictureTone, sample: Uint8ClampedArray = pixels): void {
  const table = transferTable(tone, tone.equalise ? lightnessShares(sample) : null).map((value) => value * (steps - 1));
  const [rr = 0, rg = 0, rb = 0, , , gr = 0, gg = 0, gb = 0, , , br = 0, bg = 0, bb = 0] = colorMatrix(tone);
  const keepsColors = tone.channel === 'all' && tone.saturation === 1;
  const at = (value: number) => table[Math.min(steps - 1, Math.max(0, Math.round(value)))] ?? 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const [r, g, b] = [pixels[i] ?? 0, pixels[i + 1] ?? 0, pixels[i + 2] ?? 0];
    pixels[i] = at(keepsColors ? r : rr * r + rg * g + rb * b);
    pixels[i + 1] = at(keepsColors ? g : gr * r + gg * g + gb * b);
    pixels[i + 2] = at(keepsColors ? b : br * r + bg * g + bb * b);
  }
}

/** How much of a picture has each lightness, from at most a million of its pixels. */
function lightnessShares(pixels: Uint8ClampedArray): readonly number[] {
  const counts = new Array<number>(steps).fill(0);
  const stride = 4 * Math.max(1, Math.floor(pixels.length / 4 / 1_000_000));
  let all = 0;
  for (let i = 0; i < pixels.length; i += stride) {
    const light = luminance.reduce((sum, weight, k) => sum + weight * (pixels[i + k] ?? 0), 0);
    counts[Math.round(light)] = (counts[Math.round(light)] ?? 0) + 1;
    all++;
  }
  return counts.map((count) => count / Math.max(1, all));
}
