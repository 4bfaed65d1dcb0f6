// Opens an image with very many objects in headless Chromium, goes from place to place, and prints how long after the hand has rested
// the objects there are drawn. node bench/views.mjs ADDRESS COOKIES [places, default 20]
import { launch } from './browser.mjs';

const [address, cookies, places = '20'] = process.argv.slice(2);
const patience = 60_000;
const tileSide = 512;
const write = (what, times) => {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  const [median, late] = [sorted[sorted.length >> 1], sorted[Math.floor(sorted.length * 0.95)]];
  process.stdout.write(`${what.padEnd(66)}${String(median).padStart(10)}${String(late).padStart(10)}\n`);
};

/** Notes when a bitmap of the annotations is first drawn, after the frame that shows it, and when an answer with annotations has come. */
function watch(side) {
  const seen = new WeakSet();
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  window.drawn = [];
  CanvasRenderingContext2D.prototype.drawImage = function (source, ...place) {
    draw.call(this, source, ...place);
    if (!(source instanceof ImageBitmap) || source.width <= side || seen.has(source)) return;
    seen.add(source);
    requestAnimationFrame(() => setTimeout(() => window.drawn.push(performance.now())));
  };
  new PerformanceObserver((list) => {
    for (const { name, responseEnd } of list.getEntries())
      if (name.includes('/annotation-sets/')) window.answered = responseEnd;
  }).observe({ type: 'resource', buffered: true });
}

const settled = () =>
  window.answered !== undefined &&
  window.drawn.at(-1) > window.answered &&
  performance.now() - window.drawn.at(-1) > 500;

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
const { origin: url } = new URL(address);
const jar = cookies.split('; ').map((cookie) => cookie.split(/=(.*)/s));
await context.addCookies(jar.map(([name, value]) => ({ name, value, url })));
const tab = await context.newPage();
tab.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
await tab.addInitScript(watch, tileSide);
await tab.goto(address);
await tab.waitForFunction(settled, undefined, { timeout: patience });
write('editor: from entering the address until objects are drawn', [await tab.evaluate(() => window.drawn.at(-1))]);
const smaller = tab.locator('footer').getByRole('button', { name: 'Smaller' });
await tab.locator('footer').getByRole('button', { name: /%$/ }).click();
for (let i = 0; i < 4; i++) await smaller.click();
await tab.waitForFunction(settled, undefined, { timeout: patience });

const [whole, answer] = [[], []];
await tab.keyboard.press('h');
for (let i = 0; i < Number(places); i++) {
  const [dx, dy] = i % 2 === 0 ? [1, 1] : [1, -1];
  for (let step = 0; step < 3; step++) {
    await tab.mouse.move(840 * (dx > 0 ? 1 : 0.2), 600);
    await tab.mouse.down();
    await tab.mouse.move(200, 600 - 300 * dy * (i % 4 < 2 ? 1 : -1), { steps: 3 });
    if (step === 2) await tab.evaluate(() => delete window.answered);
    await tab.mouse.up();
  }
  const rested = await tab.evaluate(() => performance.now());
  await tab.waitForFunction(settled, undefined, { timeout: patience });
  const [answered, drawn] = await tab.evaluate(() => [window.answered, window.drawn.at(-1)]);
  whole.push(drawn - rested);
  answer.push(answered - rested);
}
process.stdout.write(
  `${await tab
    .getByRole('region', { name: 'Objects' })
    .or(tab.locator('body'))
    .first()
    .innerText()
    .then((text) => text.match(/[\d,]+ of [\d,]+/)?.[0] ?? '')}\n`,
);
write(`editor: hand at rest until the answer is there, ${places} places`, answer);
write('editor: hand at rest until the objects are drawn', whole);
await browser.close();
