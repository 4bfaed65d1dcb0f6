import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EventSourceLike, EventStream, type ServerMessage } from '../src/api/event-stream.ts';

class FakeSource implements EventSourceLike {
  readyState = 0;
  closed = false;
  private readonly listeners = new Map<string, (event: Event) => void>();

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  emit(type: string, data?: string): void {
    this.listeners.get(type)?.({ data } as unknown as Event);
  }
  open(): void {
    this.readyState = 1;
    this.emit('open');
  }
  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.emit('error');
  }
}

function streamOf() {
  const sources: FakeSource[] = [];
  const heard: ServerMessage[] = [];
  const connect = () => {
    const source = new FakeSource();
    sources.push(source);
    return source;
  };
  const stream = new EventStream(connect, (message) => heard.push(message));
  const latest = () => {
    const source = sources.at(-1);
    if (source === undefined) throw new Error('not connected');
    return source;
  };
  return { stream, sources, heard, latest };
}

const resync = { name: 'resync', data: '{}' };

describe('EventStream', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands on named events and says nothing about the first connection', () => {
    const { stream, heard, latest } = streamOf();
    stream.start();
    latest().open();
    latest().emit('job', '{"id":"1"}');
    expect(heard).toEqual([{ name: 'job', data: '{"id":"1"}' }]);
  });

  it('says resync once when the browser has reconnected by itself', () => {
    const { stream, sources, heard, latest } = streamOf();
    stream.start();
    latest().open();
    latest().fail(0);
    latest().fail(0);
    expect(heard).toEqual([]);
    latest().open();
    expect(heard).toEqual([resync]);
    expect(sources).toHaveLength(1);
  });

  it('connects anew after a refusal, ever later, and then says resync', () => {
    const { stream, sources, heard, latest } = streamOf();
    stream.start();
    latest().fail(2);
    vi.advanceTimersByTime(1_999);
    expect(sources).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(sources).toHaveLength(2);
    latest().fail(2);
    vi.advanceTimersByTime(3_999);
    expect(sources).toHaveLength(2);
    vi.advanceTimersByTime(1);
    latest().open();
    expect(heard).toEqual([resync]);
  });

  it('never waits longer than a minute', () => {
    const { stream, sources, latest } = streamOf();
    stream.start();
    for (let refusal = 0; refusal < 12; refusal++) {
      latest().fail(2);
      vi.advanceTimersByTime(60_000);
    }
    expect(sources).toHaveLength(13);
  });

  it('drops the old connection when somebody else signs in, and ignores its last words', () => {
    const { stream, sources, heard, latest } = streamOf();
    stream.start();
    latest().open();
    stream.restart();
    expect(sources[0]?.closed).toBe(true);
    sources[0]?.fail(2);
    latest().open();
    expect(heard).toEqual([resync]);
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(2);
  });

  it('stays silent after dispose', () => {
    const { stream, sources, latest } = streamOf();
    stream.start();
    latest().fail(2);
    stream.dispose();
    vi.advanceTimersByTime(60_000);
    expect(sources).toHaveLength(1);
  });
});
