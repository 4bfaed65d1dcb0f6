// Builds the pages, opens each in headless Chromium and prints the figures side by side.
// node bench/run.mjs [counts, default 5000,20000] [pages, default plumbline,svg,konva] [folder for screenshots]
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const [counts = '5000,20000', pages = 'plumbline,svg,konva', screenshots] = process.argv.slice(2);
const patience = 60_000;
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, logLevel: 'warn', preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
});
const write = (...cells) =>
  process.stdout.write(`${cells.map((c, i) => String(c).padEnd(i === 0 ? 12 : 17)).join('')}\n`);
const framesOf = (frames) => (frames === undefined ? '–' : `${frames.median} / ${frames.p95}`);
try {
  write('', 'polygons', 'first picture', 'zoomed out', 'zoomed in', 'hover', 'release→painted');
  write('', '', 'ms', 'median / p95 ms', 'median / p95 ms', 'median / p95 ms', 'median / p95 ms');
  for (const count of counts.split(',')) {
    for (const name of pages.split(',')) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.on('pageerror', (error) => process.stderr.write(`${name}: ${error.message}\n`));
      try {
        await page.goto(`${address}${name}.html?count=${count}`);
        const handle = await page.waitForFunction(() => window.figures, undefined, { timeout: patience });
        const f = await handle.jsonValue();
        write(
          f.name,
          f.count,
          f.firstPicture,
          framesOf(f.zoomedOut),
          framesOf(f.zoomedIn),
          framesOf(f.hover),
          framesOf(f.release),
        );
        if (screenshots !== undefined) {
          mkdirSync(screenshots, { recursive: true });
          await page.screenshot({ path: `${screenshots}/${name}-${count}.png` });
        }
      } catch (error) {
        write(name, count, error.name === 'TimeoutError' ? `no answer in ${patience / 1000} s` : error.message);
      } finally {
        await page.close();
      }
    }
  }
  process.stdout.write(
    '\nfirst picture: from opening until the frame after the one that shows picture and annotations, because SVG is\n' +
      'rastered after its frame. Plumbline decodes a 12-megapixel JPEG, parses the JSON and starts its workers in that\n' +
      'time; SVG and Konva show annotations only.\n' +
      'release→painted: from pointer-up, at any moment between two frames, until the frame that shows the shape in its\n' +
      'final place is painted.\n',
  );
} finally {
  await browser.close();
  await new Promise((resolve) => server.httpServer.close(resolve));
}
process.exit(0);
