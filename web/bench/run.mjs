// Builds the pages, opens each in headless Chromium and prints the figures side by side.
// node bench/run.mjs [counts, default 5000,20000,100000b (b = boxes, Plumbline alone)] [pages, default plumbline,svg,konva,annotorious; none = only painting] [opens, default 5] [folder for screenshots]
import { mkdirSync } from 'node:fs';
import { withPages } from './browser.mjs';

const [counts = '5000,20000,100000b', pages = 'plumbline,svg,konva,annotorious', opens = '5', screenshots] =
  process.argv.slice(2);
const patience = 60_000;
const write = (...cells) =>
  process.stdout.write(`${cells.map((c, i) => String(c).padEnd([12, 10, 20][i] ?? 17)).join('')}\n`);
const framesOf = (frames) => (frames === undefined ? '–' : `${frames.median} / ${frames.p95}`);

/** Opens the page anew and waits until it has set `window[name]`. */
async function opened(page, count, name, use) {
  const { browser, address } = running;
  const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  tab.on('pageerror', (error) => process.stderr.write(`${page}: ${error.message}\n`));
  try {
    await tab.goto(`${address}${page}.html?count=${Number.parseInt(count, 10)}${count.endsWith('b') ? '&boxes' : ''}`);
    await tab.waitForFunction((key) => window[key] !== undefined, name, { timeout: patience });
    return await use(tab);
  } finally {
    await tab.close();
  }
}

/** Every page in turn, again and again, so that a busy moment of the machine meets all of them. */
async function firstPictures(count) {
  const times = new Map(pagesFor(count).map((page) => [page, []]));
  for (let i = 0; i < Number(opens); i++) {
    for (const [page, all] of times) {
      const time = opened(page, count, 'firstPicture', (tab) => tab.evaluate(() => window.firstPicture));
      all.push(await time.catch(() => patience));
    }
  }
  return new Map([...times].map(([page, all]) => [page, spread(all.sort((a, b) => a - b))]));
}

const pagesFor = (count) => pages.split(',').filter((page) => page === 'plumbline' || !count.endsWith('b'));
const spread = (sorted) => `${sorted[sorted.length >> 1]} (${sorted[0]}–${sorted.at(-1)})`;

async function printAll() {
  write(
    '',
    'polygons',
    'first picture',
    'zoomed out',
    'zoomed in',
    'hover',
    'vertex drag',
    'release→painted',
    'one hover',
    'longest task',
  );
  write('', '', `ms, of ${opens}`, ...Array(6).fill('median / p95 ms'), 'ms');
  for (const count of pages === 'none' ? [] : counts.split(',')) {
    const first = await firstPictures(count);
    for (const page of pagesFor(count)) {
      try {
        const f = await opened(page, count, 'figures', async (tab) => {
          if (screenshots !== undefined) {
            mkdirSync(screenshots, { recursive: true });
            await tab.screenshot({ path: `${screenshots}/${page}-${count}.png` });
          }
          return await tab.evaluate(() => window.figures);
        });
        const frames = [f.zoomedOut, f.zoomedIn, f.hover, f.vertex, f.release].map(framesOf);
        write(f.name, f.count, first.get(page), ...frames, framesOf(f.hit), f.longestTask ?? '–');
      } catch (error) {
        write(page, count, error.name === 'TimeoutError' ? `no answer in ${patience / 1000} s` : error.message);
      }
    }
  }
  const { runs, longest, figures } = await opened('painting', '1', 'painting', (tab) =>
    tab.evaluate(() => window.painting),
  );
  process.stdout.write(
    `${`\nbrush of radius 100 on 100 megapixels, a mask of ${runs} runs`.padEnd(62)}median / p95 ms\n`,
  );
  for (const [what, times] of Object.entries(figures)) process.stdout.write(`${what.padEnd(61)}${framesOf(times)}\n`);
  process.stdout.write(`${'longest task, ms'.padEnd(61)}${longest}\n`);
  process.stdout.write(
    '\nfirst picture: median (least–most) from opening until the frame after the one that shows picture and annotations,\n' +
      'because SVG is rastered after its frame. Plumbline decodes a 12-megapixel JPEG and parses the JSON in that time,\n' +
      'Annotorious decodes the JPEG; SVG and Konva show annotations only. Every opening is a page of its own, the pages taking turns.\n' +
      'release→painted: from pointer-up, at any moment between two frames, until the frame that shows the shape in its\n' +
      'final place is painted. one hover: handling a movement of the pointer, without its frame. longest task: of the main\n' +
      'thread, while all this is done; 0 = none over 50 ms.\n',
  );
}

let running = null;
await withPages((browser, address) => {
  running = { browser, address };
  return printAll();
});
process.exit(0);
