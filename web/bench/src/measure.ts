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

/** When the page has come to rest after it was loaded and its scene was made: people open images on pages that are there. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => requestIdleCallback(() => resolve()), 500));
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
  readonly vertex?: Frames;
  readonly hit?: Frames;
  readonly longestTask?: number;
};

/** Hands the figures to the runner. */
export function report(figures: Figures): void {
  Object.assign(window, { figures });
}

/** The longest task of the main thread while `work` runs, in milliseconds; 0 when none was longer than 50. */
export async function longestTask(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longest = Math.max(longest, Math.round(entry.duration));
  });
  observer.observe({ entryTypes: ['longtask'] });
  await work();
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  return longest;
}

export function requestedBoxes(): boolean {
  return new URLSearchParams(location.search).has('boxes');
}

export function requestedCount(): number {
  return Number(new URLSearchParams(location.search).get('count') ?? 5000);
}
