import type { PictureTone } from '../api.ts';
import type { Picture } from './engine.ts';

export const untouchedTone: PictureTone = {
  brightness: 1,
  contrast: 1,
  gamma: 1,
  saturation: 1,
  channel: 'all',
  invert: false,
  equalise: false,
};

const steps = 64;
const luminance = [0.2126, 0.7152, 0.0722] as const;

export function isUntouched(tone: PictureTone): boolean {
  return (Object.keys(untouchedTone) as (keyof PictureTone)[]).every((key) => tone[key] === untouchedTone[key]);
}

/**
 * The transfer of one channel: what each of 64 equally spaced values becomes, all from 0 to 1.
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

/** An SVG filter in the page that a canvas refers to: it changes what is drawn, never the picture. */
export class ToneFilter {
  readonly #svg: SVGSVGElement;
  readonly #id = `tone-${Math.round(Math.random() * 1e9)}`;
  #made: { readonly tone: PictureTone; readonly picture: Picture | null } | null = null;
  #shares: { readonly picture: Picture; readonly shares: readonly number[] } | null = null;

  constructor(host: HTMLElement) {
    this.#svg = host.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'svg');
    this.#svg.setAttribute('width', '0');
    this.#svg.setAttribute('height', '0');
    this.#svg.setAttribute('aria-hidden', 'true');
    this.#svg.style.position = 'absolute';
    host.append(this.#svg);
  }

  /** For `CanvasRenderingContext2D.filter`. */
  filterFor(tone: PictureTone, picture: Picture | null): string {
    if (isUntouched(tone)) return 'none';
    if (this.#made === null || this.#made.tone !== tone || this.#made.picture !== picture) {
      const shares = tone.equalise && picture !== null ? this.#sharesOf(picture) : null;
      const table = transferTable(tone, shares)
        .map((value) => value.toFixed(4))
        .join(' ');
      const functions = ['R', 'G', 'B'].map((name) => `<feFunc${name} type="table" tableValues="${table}"/>`).join('');
      this.#svg.innerHTML =
        `<filter id="${this.#id}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">` +
        `<feColorMatrix type="matrix" values="${colorMatrix(tone).join(' ')}"/>` +
        `<feComponentTransfer>${functions}</feComponentTransfer></filter>`;
      this.#made = { tone, picture };
    }
    return `url(#${this.#id})`;
  }

  dispose(): void {
    this.#svg.remove();
  }

  #sharesOf(picture: Picture): readonly number[] {
    if (this.#shares?.picture === picture) return this.#shares.shares;
    const shares = histogram(picture);
    this.#shares = { picture, shares };
    return shares;
  }
}

/** How much of the picture has each of 64 lightnesses, from a copy of at most 256 pixels across. */
function histogram({ levels }: Picture): readonly number[] {
  const level = levels.at(-1);
  const shares = new Array<number>(steps).fill(0);
  if (level === undefined) return shares;
  const scale = Math.min(1, 256 / Math.max(level.width, level.height));
  const canvas = new OffscreenCanvas(Math.max(1, level.width * scale), Math.max(1, level.height * scale));
  const context = canvas.getContext('2d');
  if (context === null) return shares;
  context.drawImage(level, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < data.length; i += 4) {
    const light = luminance.reduce((sum, weight, k) => sum + weight * (data[i + k] ?? 0), 0);
    const step = Math.round((light / 255) * (steps - 1));
    shares[step] = (shares[step] ?? 0) + 4 / data.length;
  }
  return shares;
}
