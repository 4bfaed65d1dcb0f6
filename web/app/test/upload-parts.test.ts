import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InterruptedUpload, InterruptedUploads } from '../src/features/uploads/interrupted-uploads.ts';
import { fingerprintOf, missingParts, partsOf, retryDelayMs } from '../src/features/uploads/part-plan.ts';
import { filesOfInput } from '../src/features/uploads/picked-files.ts';
import { Speed } from '../src/features/uploads/speed.ts';

const fileOf = (name: string, content = 'x', lastModified = 1) => new File([content], name, { lastModified });

describe('partsOf', () => {
  it('covers every byte once, in order, no part longer than the size', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 100, max: 3_000 }), (bytes, partSize) => {
        let at = 0;
        for (const [index, part] of partsOf(bytes, partSize).entries()) {
          const length = part.end - part.start;
          if (part.index !== index || part.start !== at || length <= 0 || length > partSize) return false;
          at = part.end;
        }
        return at === bytes;
      }),
    );
  });

  it('cuts nothing into no parts', () => expect(partsOf(0, 8)).toEqual([]));
});

describe('missingParts', () => {
  it('together with the received ones makes all', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.array(fc.nat(600)), (bytes, received) => {
        const parts = partsOf(bytes, 7);
        const missing = missingParts(parts, received).map(({ index }) => index);
        expect(missing.some((index) => received.includes(index))).toBe(false);
        expect(new Set([...missing, ...received.filter((index) => index < parts.length)]).size).toBe(parts.length);
      }),
    );
  });
});

describe('fingerprintOf', () => {
  const files = [{ path: 'a/1.jpg', file: fileOf('1.jpg') }];
  it('is the same for the same files', () =>
    expect(fingerprintOf([{ path: 'a/1.jpg', file: fileOf('1.jpg') }])).toBe(fingerprintOf(files)));
  it.each([
    ['path', [{ path: 'b/1.jpg', file: fileOf('1.jpg') }]],
    ['size', [{ path: 'a/1.jpg', file: fileOf('1.jpg', 'xx') }]],
    ['time of change', [{ path: 'a/1.jpg', file: fileOf('1.jpg', 'x', 2) }]],
    ['number', [...files, ...files]],
  ])('differs by %s', (_, others) => expect(fingerprintOf(others)).not.toBe(fingerprintOf(files)));
});

describe('filesOfInput', () => {
  it('leaves litter out and orders by path', () => {
    const names = ['b.jpg', 'Thumbs.db', 'a.jpg', '.DS_Store', 'desktop.ini'];
    expect(filesOfInput(names.map((name) => fileOf(name))).map(({ path }) => path)).toEqual(['a.jpg', 'b.jpg']);
  });
});

describe('retryDelayMs', () => {
  it('doubles up to half a minute, give or take a quarter', () => {
    const middle = [1, 2, 3, 4, 5, 6, 20].map((attempt) => retryDelayMs(attempt, 0.5));
    expect(middle).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(retryDelayMs(1, 0)).toBe(750);
    expect(retryDelayMs(6, 1)).toBe(37_500);
  });
});

describe('Speed', () => {
  it('is unknown at first, then the mean over the window', () => {
    const speed = new Speed(5_000);
    speed.add(0, 0);
    expect(speed.bytesPerSecond).toBeNull();
    speed.add(1_000, 500);
    expect(speed.bytesPerSecond).toBe(500);
    for (let second = 2; second <= 10; second++) speed.add(second * 1_000, 500 + (second - 1) * 2_000);
    expect(speed.bytesPerSecond).toBe(2_000);
  });
});

describe('InterruptedUploads', () => {
  const upload: InterruptedUpload = {
    ...{ uploadId: 'u1', projectId: 'p1', fingerprint: 'f', title: '3 files', bytes: 9 },
    ...{ intent: 'images', format: null, touchedAt: 1_000_000 },
  };
  const stored = () => {
    const map = new Map<string, string>();
    return {
      getItem: (key: string) => map.get(key) ?? null,
      setItem: (key: string, value: string) => void map.set(key, value),
    };
  };

  it('hides an upload while a tab sends it, and shows it fifteen seconds after the last sign of life', () => {
    const uploads = new InterruptedUploads(stored());
    uploads.remember(upload);
    expect(uploads.list('p1', 1_010_000)).toEqual([]);
    expect(uploads.list('p1', 1_016_000)).toEqual([upload]);
    expect(uploads.list('p2', 1_016_000)).toEqual([]);
  });

  it('shows a released one at once, finds it by its files and purpose, and forgets it', () => {
    const uploads = new InterruptedUploads(stored());
    uploads.remember(upload);
    uploads.release('u1', 1_000_000);
    expect(uploads.find('p1', 'f', 'images', 1_000_000)?.uploadId).toBe('u1');
    expect(uploads.find('p1', 'f', 'dataset', 1_000_000)).toBeNull();
    uploads.forget('u1', 1_000_000);
    expect(uploads.list('p1', 1_100_000)).toEqual([]);
  });

  it('lives with storage that is blocked or holds something else', () => {
    const blocked = {
      getItem: () => {
        throw new Error('blocked');
      },
      setItem: () => {
        throw new Error('blocked');
      },
    };
    expect(new InterruptedUploads(blocked).list('p1', 0)).toEqual([]);
    expect(() => new InterruptedUploads(blocked).remember(upload)).not.toThrow();
    expect(new InterruptedUploads({ getItem: () => '{', setItem: () => {} }).list('p1', 0)).toEqual([]);
  });
});
