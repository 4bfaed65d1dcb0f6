import { type ColorMixture, colorMixture, unlikeliness } from './color-mixture.ts';
import { MaxFlow } from './max-flow.ts';
import type { Raster, Region } from './raster.ts';

/** What is known of a pixel: `maybe…` is a first guess that the cut may change. */
export const known = { background: 0, object: 1, maybeBackground: 2, maybeObject: 3 } as const;

export type CutModels = { readonly object: ColorMixture; readonly background: ColorMixture };
export type Cut = { readonly region: Region; readonly models: CutModels };

/** Weight of smooth borders against colours. */
const smoothness = 50;
/** Colours are learnt from at most so many pixels of each side. */
const mostSamples = 4000;

/**
 * Parts the object from its background: colours of both sides are learnt from the present guess, the cheapest cut gives
 * the next guess, a few times over. Null when nothing is known or guessed of one of the sides.
 * Source: Rother, Kolmogorov, Blake, "GrabCut: interactive foreground extraction using iterated graph cuts", SIGGRAPH 2004.
 * @param trimap one of `known` a pixel
 */
export function grabCut(raster: Raster, trimap: Uint8Array, rounds: number): Cut | null {
  const graph = new PixelGraph(raster, trimap);
  let region = guessed(raster, trimap);
  let models: CutModels | null = null;
  for (let round = 0; round < rounds; round++) {
    models = learnt(raster, region);
    if (models === null) return null;
    region = graph.cut(models, region);
  }
  return models === null ? null : { region, models };
}

/** The cheapest cut for colours that are known already. */
export function cutWith(raster: Raster, trimap: Uint8Array, models: CutModels): Region {
  return new PixelGraph(raster, trimap).cut(models, guessed(raster, trimap));
}

function guessed({ width, height }: Raster, trimap: Uint8Array): Region {
  const data = trimap.map((mark) => (mark === known.object || mark === known.maybeObject ? 1 : 0));
  return { width, height, data };
}

function learnt(raster: Raster, region: Region): CutModels | null {
  const object = colorMixture(samples(raster, region, 1));
  const background = colorMixture(samples(raster, region, 0));
  return object.length === 0 || background.length === 0 ? null : { object, background };
}

function samples({ data }: Raster, region: Region, side: 0 | 1): Float32Array {
  let count = 0;
  for (let i = 0; i < region.data.length; i++) if (region.data[i] === side) count++;
  const stride = Math.max(1, Math.ceil(count / mostSamples));
  const colors = new Float32Array(3 * Math.ceil(count / stride));
  for (let i = 0, seen = 0, o = 0; i < region.data.length; i++) {
    if (region.data[i] !== side || seen++ % stride !== 0) continue;
    for (let c = 0; c < 3; c++) colors[o++] = data[4 * i + c] as number;
  }
  return colors;
}

/** The pixels that are not known for certain, and what it costs to part neighbours. */
class PixelGraph {
  readonly #raster: Raster;
  readonly #trimap: Uint8Array;
  /** Pixel of each node. */
  readonly #pixels: Int32Array;
  /** Node of each pixel; −1 = certain. */
  readonly #nodes: Int32Array;
  readonly #contrast: number;

  constructor(raster: Raster, trimap: Uint8Array) {
    this.#raster = raster;
    this.#trimap = trimap;
    this.#nodes = new Int32Array(trimap.length).fill(-1);
    const pixels: number[] = [];
    for (let i = 0; i < trimap.length; i++) {
      if ((trimap[i] as number) < 2) continue;
      this.#nodes[i] = pixels.length;
      pixels.push(i);
    }
    this.#pixels = Int32Array.from(pixels);
    this.#contrast = this.#meanContrast();
  }

  cut(models: CutModels, guess: Region): Region {
    const { width, height, data: rgba } = this.#raster;
    const flow = new MaxFlow(this.#pixels.length, 4 * this.#pixels.length);
    const data = guess.data.slice();
    for (let node = 0; node < this.#pixels.length; node++) {
      const i = this.#pixels[node] as number;
      const [r, g, b] = [rgba[4 * i] as number, rgba[4 * i + 1] as number, rgba[4 * i + 2] as number];
      flow.addTerminal(node, unlikeliness(models.background, r, g, b), unlikeliness(models.object, r, g, b));
      const x = i % width;
      const [hasLeft, hasRight] = [x > 0, x < width - 1];
      const hasDown = i + width < data.length;
      if (hasRight) this.#link(flow, node, i, i + 1, 1);
      if (hasDown) this.#link(flow, node, i, i + width, 1);
      if (hasDown && hasRight) this.#link(flow, node, i, i + width + 1, Math.SQRT1_2);
      if (hasDown && hasLeft) this.#link(flow, node, i, i + width - 1, Math.SQRT1_2);
      // Certain neighbours make no links of their own.
      if (hasLeft && this.#nodes[i - 1] === -1) this.#link(flow, node, i, i - 1, 1);
      if (i < width) continue;
      if (this.#nodes[i - width] === -1) this.#link(flow, node, i, i - width, 1);
      if (hasLeft && this.#nodes[i - width - 1] === -1) this.#link(flow, node, i, i - width - 1, Math.SQRT1_2);
      if (hasRight && this.#nodes[i - width + 1] === -1) this.#link(flow, node, i, i - width + 1, Math.SQRT1_2);
    }
    flow.run();
    for (let node = 0; node < this.#pixels.length; node++) {
      data[this.#pixels[node] as number] = flow.isSource(node) ? 1 : 0;
    }
    return { width, height, data };
  }

  #link(flow: MaxFlow, node: number, i: number, j: number, nearness: number): void {
    const weight = smoothness * nearness * Math.exp(-this.#difference(i, j) / this.#contrast);
    const other = this.#nodes[j] as number;
    if (other >= 0) flow.addEdge(node, other, weight);
    else if (this.#trimap[j] === known.object) flow.addTerminal(node, weight, 0);
    else flow.addTerminal(node, 0, weight);
  }

  #difference(i: number, j: number): number {
    const { data } = this.#raster;
    const r = (data[4 * i] as number) - (data[4 * j] as number);
    const g = (data[4 * i + 1] as number) - (data[4 * j + 1] as number);
    const b = (data[4 * i + 2] as number) - (data[4 * j + 2] as number);
    return r * r + g * g + b * b;
  }

  /** Twice the mean square of the difference of neighbours. */
  #meanContrast(): number {
    const { width, height } = this.#raster;
    let sum = 0;
    let count = 0;
    for (const i of this.#pixels) {
      if (i % width < width - 1) {
        sum += this.#difference(i, i + 1);
        count++;
      }
      if (i + width < width * height) {
        sum += this.#difference(i, i + width);
        count++;
      }
    }
    return Math.max(1e-6, count === 0 ? 1 : (2 * sum) / count);
  }
}
