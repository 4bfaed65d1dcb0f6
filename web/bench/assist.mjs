// Prints what the tools take that look at the picture's pixels, on a 12-megapixel picture.
import { withPages } from './browser.mjs';

const patience = 180_000;
const write = (...cells) =>
  process.stdout.write(`${cells.map((cell, i) => (i === 0 ? cell.padEnd(44) : String(cell).padStart(18))).join('')}\n`);

await withPages(async (browser, address) => {
  const tab = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  tab.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
  await tab.goto(`${address}assist.html`);
  await tab.waitForFunction(() => window.assistFigures !== undefined, undefined, { timeout: patience });
  const { decoding, longestTask, rows } = await tab.evaluate(() => window.assistFigures);
  write('12 megapixels', 'whole picture', 'one to one');
  write('ms, median (first – longest)');
  for (const { name, views } of rows) {
    write(name, ...views.map(({ first, median, longest }) => `${median} (${first} – ${longest})`));
  }
  process.stdout.write(
    `\nFrom asking until the answer is on the page; all in a worker. Fetching and decoding before the first: ${decoding} ms.\n` +
      `Longest task of the main thread meanwhile: ${longestTask} ms (0 = none over 50 ms).\n`,
  );
});
process.exit(0);
