import { EventStream } from './event-stream.ts';

/** One event stream for all tabs of this browser: HTTP/1.1 allows six connections to a server, tabs would eat them. */
const ports = new Set<MessagePort>();
const stream = new EventStream(
  () => new EventSource('/api/events'),
  (message) => {
    for (const port of ports) port.postMessage(message);
  },
);

(self as unknown as SharedWorkerGlobalScope).addEventListener('connect', (event) => {
  const port = event.ports[0];
  if (port === undefined) return;
  ports.add(port);
  port.addEventListener('message', ({ data }: MessageEvent<'restart' | 'leave'>) => {
    if (data === 'restart') stream.restart();
    else ports.delete(port);
    if (ports.size === 0) stream.dispose();
  });
  port.start();
  stream.start();
});
