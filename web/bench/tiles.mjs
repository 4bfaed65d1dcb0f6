// Opens a large picture of a running server in headless Chromium, each time with an empty cache, and prints when it is seen and how it pans.
// node bench/tiles.mjs ADDRESS COOKIES [opens, default 5]
import { launch } from './browser.mjs';

const [address, cookies, opens = '5'] = process.argv.slice(2);
const patience = 60_000;
const write = (what, value) => process.stdout.write(`${what.padEnd(58)}${value.padStart(10)} ms\n`);
const spread = (times) => {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  return `${sorted[sorted.length >> 1]} (${sorted[0]}–${sorted.at(-1)})`;
};

/** Notes when a bitmap is first drawn on the page, after the frame that shows it, and when the page is first clicked. */
function watch() {
  const click = () => Object.assign(window, { clicked: performance.now() });
  addEventListener('click', click, { capture: true, once: true });
  const seen = new WeakSet();
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  window.shown = [];
  CanvasRenderingContext2D.prototype.drawImage = function (source, ...place) {
    draw.call(this, source, ...place);
    if (!(source instanceof ImageBitmap) || seen.has(source)) return;
    seen.add(source);
    requestAnimationFrame(() => setTimeout(() => window.shown.push(performance.now())));
  };
}

/** Milliseconds between frames while the picture is dragged. */
async function pan(tab) {
  await tab.evaluate(() => {
    window.frames = [];
    let last = performance.now();
    const next = (now) => {
      window.frames.push(now - last);
      last = now;
      window.sampling = requestAnimationFrame(next);
    };
    window.sampling = requestAnimationFrame(next);
  });
  await tab.keyboard.press('h');
  await tab.mouse.move(900, 500);
  await tab.mouse.down();
  for (let i = 1; i <= 120; i++) await tab.mouse.move(900 - 4 * i, 500 - 2 * i);
  await tab.mouse.up();
  return await tab.evaluate(() => {
    cancelAnimationFrame(window.sampling);
    return window.frames.slice(2).sort((a, b) => a - b);
  });
}

const browser = await launch();

/** Opens a page with nothing in its cache. */
async function withTab(url, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const jar = cookies.split('; ').map((cookie) => cookie.split(/=(.*)/s));
  const { origin } = new URL(url);
  await context.addCookies(jar.map(([name, value]) => ({ name, value, url: origin })));
  const tab = await context.newPage();
  tab.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await tab.addInitScript(watch);
  await tab.goto(url);
  await use(tab);
  await context.close();
}

const quiet = () => window.shown.length > 1 && performance.now() - window.shown.at(-1) > 1000;
const [clicked, first, sharp, frames] = [[], [], [], []];
const [gallery, image] = address.split(/\/(?=[^/]+$)/);
for (let i = 0; i < Number(opens); i++) {
  await withTab(gallery, async (tab) => {
    await tab.locator(`#tile-${image} a`).waitFor({ timeout: patience });
    await tab.waitForTimeout(3000);
    await tab.locator(`#tile-${image} a`).click();
    await tab.waitForFunction(quiet, undefined, { timeout: patience });
    clicked.push(await tab.evaluate(() => window.shown[0] - window.clicked));
  });
  await withTab(address, async (tab) => {
    await tab.waitForFunction(quiet, undefined, { timeout: patience });
    const shown = await tab.evaluate(() => window.shown);
    first.push(shown[0]);
    sharp.push(shown.at(-1));
    await tab.locator('footer').getByRole('button', { name: /%$/ }).click();
    await tab.waitForFunction(quiet, undefined, { timeout: patience });
    frames.push(...(await pan(tab)));
  });
}
await browser.close();
frames.sort((a, b) => a - b);
write(`first pixels, from a click in the gallery, of ${opens}`, spread(clicked));
write(`first pixels, from entering the address, of ${opens}`, spread(first));
write('every tile in view', spread(sharp));
write('a frame while panning at full size, median', frames[frames.length >> 1].toFixed(1));
write('a frame while panning at full size, 95th percentile', frames[Math.floor(frames.length * 0.95)].toFixed(1));
