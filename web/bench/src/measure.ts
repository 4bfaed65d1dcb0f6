export type Frames = { readonly median: number; readonly p95: number };

/** Does a step in each animation frame and measures from frame to frame, in milliseconds. */
export async function frames(count: number, step: (i: number) => void): Promise<Frames> {
  const times: number[] = [];
  let last = await nextFrame();
  for (let i = 0; i < count; i++) {
    step(i);
    const now = await nextFrame();
    times.push(now - last);
    last = now;
  }
  return quantiles(times);
}

export function quantiles(times: readonly number[]): Frames {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 10) / 10;
  return { median: at(0.5), p95: at(0.95) };
}

/** The time of the next animation frame, after its callbacks have run. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())));
}

/** The time when the next animation frame has been painted: the first task after its callbacks, layout and paint. */
export function nextPainted(): Promise<number> {
  return new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    }),
  );
}

/** Tells the runner when everything could first be seen, in milliseconds from the start. */
export function opened(milliseconds: number): number {
  const firstPicture = Math.round(milliseconds);
  Object.assign(window, { firstPicture });
  return firstPicture;
}

export type Figures = {
  readonly name: string;
  readonly count: number;
  readonly zoomedOut: Frames;
  readonly zoomedIn: Frames;
  readonly hover?: Frames;
  readonly release?: Frames;
};

/** Hands the figures to the runner. */
export function report(figures: Figures): void {
  Object.assign(window, { figures });
}

export function requestedCount(): number {
  return Number(new URLSearchParams(location.search).get('count') ?? 5000);
}
