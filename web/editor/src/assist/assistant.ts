import { assertNever } from '../model/assert-never.ts';
import { type EdgeMap, edgeMap } from './edge-map.ts';
import { similarPlaces } from './finding-similar.ts';
import { flooded, floodLevels } from './flood.ts';
import { toLab } from './lab.ts';
import { type PictureSource, TiledColors } from './picture-source.ts';
import type { AssistAnswers, AssistKind, AssistRequests, Outlined, OutlineWish, Scribble } from './protocol.ts';
import { type PictureWindow, pixelAt, type Raster, type Region, windowFor } from './raster.ts';
import { fitted, outlineOfRegion } from './region-outline.ts';
import { type Segmented, segmented } from './segmenting.ts';
import { withoutSpecks } from './specks.ts';
import { type Cells, superpixels } from './superpixels.ts';
import { tightBox } from './tightening.ts';
import { wirePaths } from './wire-paths.ts';

const workingPixels = 1_000_000;
const cellPixels = 500_000;
const leastCellSide = 6;
/** Holes of a flood below this many pixels of the window are noise. */
const floodSpeck = 12;
const mostFloods = 16;

/** What was worked out for a part of the picture, kept while the hand stays there. */
type Look = { readonly window: PictureWindow; readonly raster: Raster; lab?: Float32Array; edges?: EdgeMap };

/** Answers questions about one picture. Works wherever its pixels can be read. */
export class Assistant {
  readonly #picture: PictureSource;
  readonly #colors: TiledColors;
  #look: Look | null = null;
  readonly #floods = new Map<number, Uint8Array>();
  #segmented: { readonly key: string; readonly found: Segmented | null } | null = null;
  #cells: { readonly window: PictureWindow; readonly cells: Cells } | null = null;

  constructor(picture: PictureSource) {
    this.#picture = picture;
    this.#colors = new TiledColors(picture);
  }

  answer(kind: AssistKind, content: AssistRequests[AssistKind]): AssistAnswers[AssistKind] {
    switch (kind) {
      case 'edges':
        return this.#edges(content as AssistRequests['edges']);
      case 'ways':
        return this.#ways(content as AssistRequests['ways']);
      case 'look':
        return this.#lookAt(content as AssistRequests['look']);
      case 'flood':
        return this.#flood(content as AssistRequests['flood']);
      case 'segment':
        return this.#segment(content as AssistRequests['segment']);
      case 'cells':
        return this.#makeCells(content as AssistRequests['cells']);
      case 'joinCells':
        return this.#joinCells(content as AssistRequests['joinCells']);
      case 'tighten':
        return this.#tighten(content as AssistRequests['tighten']);
      case 'fit':
        return this.#fit(content as AssistRequests['fit']);
      case 'similar': {
        const { box, least } = content as AssistRequests['similar'];
        return { places: similarPlaces(this.#picture, box, least) };
      }
      default:
        return assertNever(kind);
    }
  }

  #edges({ box }: AssistRequests['edges']): AssistAnswers['edges'] {
    const look = this.#see(box, workingPixels);
    return { window: look.window, strength: edgesOf(look).strength.slice() };
  }

  #ways({ box, to, reach }: AssistRequests['ways']): AssistAnswers['ways'] {
    const look = this.#see(box, workingPixels);
    const seed = pixelAt(look.window, to);
    return { window: look.window, seed, steps: wirePaths(edgesOf(look), seed, reach).steps };
  }

  #lookAt({ box }: AssistRequests['look']): AssistAnswers['look'] {
    const look = this.#see(box, workingPixels);
    labOf(look);
    return { window: look.window };
  }

  #flood({ box, seeds, ...wish }: AssistRequests['flood']): Outlined {
    const look = this.#see(box, workingPixels);
    const { window } = look;
    const region = { width: window.width, height: window.height, data: new Uint8Array(window.width * window.height) };
    for (const { at, tolerance, adds } of seeds) {
      const reached = flooded(this.#levels(look, pixelAt(window, at)), window, tolerance);
      for (let i = 0; i < region.data.length; i++) if (reached.data[i] === 1) region.data[i] = adds ? 1 : 0;
    }
    return this.#outlined(withoutSpecks(region, floodSpeck), window, wish);
  }

  /** The levels of a flood from a pixel; those of the last ones are kept, for other tolerances. */
  #levels(look: Look, seed: number): Uint8Array {
    const levels = this.#floods.get(seed) ?? floodLevels(labOf(look), look.window, seed);
    this.#floods.delete(seed);
    this.#floods.set(seed, levels);
    const [oldest] = this.#floods.keys();
    if (this.#floods.size > mostFloods && oldest !== undefined) this.#floods.delete(oldest);
    return levels;
  }

  #segment({ box, scribbles, ...wish }: AssistRequests['segment']): Outlined {
    const found = this.#segmentedBy(box, scribbles);
    return found === null ? { polygon: null, scale: 1 } : this.#outlined(found.region, found.window, wish);
  }

  /** The last one is kept: after its outline a finer one of the same is asked for. */
  #segmentedBy(box: AssistRequests['segment']['box'], scribbles: readonly Scribble[]): Segmented | null {
    const key = JSON.stringify([box, scribbles]);
    if (this.#segmented?.key !== key) this.#segmented = { key, found: segmented(this.#picture, box, scribbles) };
    return this.#segmented.found;
  }

  #makeCells({ box, side }: AssistRequests['cells']): AssistAnswers['cells'] {
    const window = windowFor(this.#picture, box, cellPixels);
    const raster = this.#picture.read(window);
    const cells = superpixels(toLab(raster), window, Math.max(leastCellSide, side / window.sx));
    this.#cells = { window, cells };
    return { window, labels: cells.labels.slice(), count: cells.count };
  }

  #joinCells({ chosen, ...wish }: AssistRequests['joinCells']): Outlined {
    if (this.#cells === null) return { polygon: null, scale: 1 };
    const { window, cells } = this.#cells;
    const data = new Uint8Array(cells.labels.length);
    for (let i = 0; i < data.length; i++) data[i] = chosen[cells.labels[i] as number] ?? 0;
    return this.#outlined({ width: cells.width, height: cells.height, data }, window, wish);
  }

  #tighten({ boxes }: AssistRequests['tighten']): AssistAnswers['tighten'] {
    return { boxes: boxes.map((box) => tightBox(this.#picture, this.#colors, box)) };
  }

  #fit({ polygon, reach, detail, fixed }: AssistRequests['fit']): AssistAnswers['fit'] {
    return { polygon: fitted(polygon, this.#picture, this.#colors, reach, detail, fixed) ?? polygon };
  }

  #outlined(region: Region, window: PictureWindow, wish: OutlineWish): Outlined {
    const polygon = outlineOfRegion(region, window, wish, this.#picture, this.#colors);
    return { polygon, scale: Math.max(window.sx, window.sy) };
  }

  #see(box: AssistRequests['look']['box'], mostPixels: number): Look {
    const window = windowFor(this.#picture, box, mostPixels);
    if (this.#look !== null && sameWindow(this.#look.window, window)) return this.#look;
    this.#floods.clear();
    this.#look = { window, raster: this.#picture.read(window) };
    return this.#look;
  }
}

function labOf(look: Look): Float32Array {
  look.lab ??= toLab(look.raster);
  return look.lab;
}

function edgesOf(look: Look): EdgeMap {
  look.edges ??= edgeMap(look.raster);
  return look.edges;
}

function sameWindow(a: PictureWindow, b: PictureWindow): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height && a.sx === b.sx && a.sy === b.sy;
}
