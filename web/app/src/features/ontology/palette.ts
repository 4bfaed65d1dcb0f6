/**
 * Class colours. The first 24 were searched for the largest smallest OKLab distance between any two of them as seen
 * with normal sight, protanopia, deuteranopia and tritanopia, inside a lightness band that reads on dark and on light
 * pictures. After these, colours are generated at the largest distance from all that are taken.
 *
 * Sources: OKLab, B. Ottosson 2020; colour-vision matrices (severity 1.0), Machado, Oliveira & Fernandes 2009.
 */
export const PALETTE: readonly string[] = [
  '#526ffb',
  '#e5e74d',
  '#842b02',
  '#ce8b32',
  '#4e3c8e',
  '#5ef9f1',
  '#8f6698',
  '#a1b5f2',
  '#ad620c',
  '#313be7',
  '#c4c682',
  '#b688fe',
  '#6d385c',
  '#897ad2',
  '#aff3a0',
  '#dd555d',
  '#7747b7',
  '#5ba6c8',
  '#cca39b',
  '#b32c3b',
  '#ab8696',
  '#8c4f6d',
  '#46db05',
  '#8cdec2',
];

type Triple = readonly [number, number, number];

const MACHADO: readonly (readonly number[])[] = [
  [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
];

/** How far apart two `#rrggbb` colours look to the person who tells them apart worst: OKLab distance, 0 = the same. */
export function colorDistance(a: string, b: string): number {
  return seenDistance(seenBy(a), seenBy(b));
}

/**
 * The next class colour when `taken` are in use: the first free one of {@link PALETTE}, then the candidate farthest
 * from everything taken. The same input gives the same colour.
 */
export function nextColor(taken: readonly string[]): string {
  const used = new Set(taken.map((color) => color.toLowerCase()));
  const free = PALETTE.find((color) => !used.has(color));
  if (free !== undefined) return free;
  const seenTaken = [...used].filter(isColor).map(seenBy);
  let best = candidates()[0] ?? { color: '#808080', seen: [] };
  let bestDistance = -1;
  for (const candidate of candidates()) {
    if (used.has(candidate.color)) continue;
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of seenTaken) {
      nearest = Math.min(nearest, seenDistance(candidate.seen, other));
      if (nearest <= bestDistance) break;
    }
    if (nearest > bestDistance) {
      bestDistance = nearest;
      best = candidate;
    }
  }
  return best.color;
}

/** Whether `text` is `#rrggbb`. */
export function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

function seenDistance(a: readonly Triple[], b: readonly Triple[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  a.forEach((p, i) => {
    const q = b[i];
    if (q !== undefined) nearest = Math.min(nearest, Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  });
  return nearest;
}

/** The colour in OKLab as seen with normal sight and with each of the three deficiencies. */
function seenBy(hex: string): readonly Triple[] {
  const rgb: Triple = [channel(hex, 1), channel(hex, 3), channel(hex, 5)];
  return [oklab(rgb), ...MACHADO.map((matrix) => oklab(apply(matrix, rgb)))];
}

function channel(hex: string, at: number): number {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function apply(m: readonly number[], [r, g, b]: Triple): Triple {
  const row = (i: number) => {
    const sum = (m[i] ?? 0) * r + (m[i + 1] ?? 0) * g + (m[i + 2] ?? 0) * b;
    return Math.min(1, Math.max(0, sum));
  };
  return [row(0), row(3), row(6)];
}

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function oklchToHex(lightness: number, chroma: number, hue: number): string | null {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  if (rgb.some((value) => value < 0 || value > 1)) return null;
  const hex = rgb.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${hex.join('')}`;
}

interface Candidate {
  readonly color: string;
  readonly seen: readonly Triple[];
}

let cachedCandidates: readonly Candidate[] | null = null;

function candidates(): readonly Candidate[] {
  if (cachedCandidates !== null) return cachedCandidates;
  const found: Candidate[] = [];
  for (let lightness = 0.42; lightness <= 0.93; lightness += 0.03) {
    for (let degrees = 0; degrees < 360; degrees += 10) {
      for (const chroma of [0.05, 0.09, 0.13, 0.17, 0.21, 0.25]) {
        const color = oklchToHex(lightness, chroma, (degrees * Math.PI) / 180);
        if (color !== null) found.push({ color, seen: seenBy(color) });
      }
    }
  }
  cachedCandidates = found;
  return found;
}
