/** Bytes per second over the last few seconds: steady enough to read, quick enough to believe. */
export class Speed {
  private samples: { readonly at: number; readonly bytes: number }[] = [];
  private readonly windowMs: number;

  constructor(windowMs = 5_000) {
    this.windowMs = windowMs;
  }

  /** `bytes` is the total so far, `at` milliseconds of any clock that only goes forward. */
  add(at: number, bytes: number): void {
    this.samples.push({ at, bytes });
    const first = this.samples.findIndex((sample) => sample.at >= at - this.windowMs);
    this.samples = this.samples.slice(Math.max(0, first));
  }

  /** Null until two moments are known. */
  get bytesPerSecond(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    if (first === undefined || last === undefined || last.at - first.at < 400) return null;
    return Math.max(0, ((last.bytes - first.bytes) * 1000) / (last.at - first.at));
  }
}
