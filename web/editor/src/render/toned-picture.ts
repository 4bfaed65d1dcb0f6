import type { PictureTone } from '../api.ts';
import type { Engine, Picture } from './engine.ts';
import { isUntouched } from './tone.ts';

type Wanted = { readonly picture: Picture; readonly level: ImageBitmap; readonly tone: PictureTone };

/**
 * The picture with another tone, made by the engine once for each level and tone, so that a frame costs what it always
 * costs. Until it has come, what was there before is shown. One is on its way at a time; of what is asked meanwhile only
 * the newest counts.
 */
export class TonedPicture {
  readonly #engine: Engine;
  readonly #onChange: () => void;
  #wanted: Wanted | null = null;
  #made: (Wanted & { readonly bitmap: ImageBitmap }) | null = null;
  #isMaking = false;

  constructor(engine: Engine, onChange: () => void) {
    this.#engine = engine;
    this.#onChange = onChange;
  }

  /** What to draw for a level of the picture. */
  shown(picture: Picture, level: ImageBitmap, tone: PictureTone): ImageBitmap {
    if (isUntouched(tone)) {
      this.#drop();
      return level;
    }
    if (this.#made !== null && this.#made.picture !== picture) this.#drop();
    if (this.#wanted?.level !== level || this.#wanted.tone !== tone) {
      this.#wanted = { picture, level, tone };
      this.#make();
    }
    return this.#made?.bitmap ?? level;
  }

  dispose(): void {
    this.#drop();
  }

  async #make(): Promise<void> {
    const wanted = this.#wanted;
    if (this.#isMaking || wanted === null) return;
    this.#isMaking = true;
    // Without it the picture is shown as it is: a closed one cannot be made, and nobody looks at it any more.
    const bitmap = await this.#engine.tone(wanted.level, wanted.tone).catch(() => null);
    this.#isMaking = false;
    if (this.#wanted?.picture === wanted.picture && bitmap !== null) {
      this.#made?.bitmap.close();
      this.#made = { ...wanted, bitmap };
      this.#onChange();
    } else bitmap?.close();
    if (this.#wanted !== null && this.#wanted !== wanted) this.#make();
  }

  #drop(): void {
    this.#wanted = null;
    this.#made?.bitmap.close();
    this.#made = null;
  }
}
