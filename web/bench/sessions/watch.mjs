/**
 * Runs in the page before its own scripts: notes when each press, release and key has been answered by a painted frame,
 * when saves left and were acknowledged, and when pictures were first drawn. All times as `performance.now()`.
 */
export function watch() {
  const seen = { events: [], saves: [], pictures: [], longest: 0 };
  window.seen = seen;

  const whenPainted = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  for (const type of ['pointerdown', 'pointerup', 'keydown']) {
    addEventListener(
      type,
      ({ timeStamp }) => {
        const event = { type, at: timeStamp, painted: null };
        seen.events.push(event);
        whenPainted(() => {
          event.painted = performance.now();
        });
      },
      { capture: true },
    );
  }

  const send = window.fetch;
  window.fetch = async (...request) => {
    const isSave = request[1]?.method === 'POST' && String(request[0]).endsWith('/changes');
    if (!isSave) return send(...request);
    const left = performance.now();
    const answer = await send(...request);
    if (answer.ok) seen.saves.push({ left, done: performance.now() });
    return answer;
  };

  const known = new WeakSet();
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (source, ...place) {
    draw.call(this, source, ...place);
    if (!(source instanceof ImageBitmap) || known.has(source)) return;
    known.add(source);
    // The layer of annotations has the window's proportions, a picture its own.
    if (Math.abs(source.width / source.height - window.proportion) > 0.01) return;
    whenPainted(() => seen.pictures.push(performance.now()));
  };

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, Math.round(duration));
  }).observe({ entryTypes: ['longtask'] });
}
