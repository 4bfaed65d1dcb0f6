import { watch } from './watch.mjs';

const patience = 30_000;

/** A browser in which somebody is signed in; its pages note what `watch` notes. */
export async function signedIn(browser, { address, cookies, width, height }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, baseURL: address });
  const jar = cookies.split('; ').map((cookie) => cookie.split(/=(.*)/s));
  await context.addCookies(jar.map(([name, value]) => ({ name, value, url: address })));
  await context.addInitScript(`window.proportion = ${width / height};`);
  await context.addInitScript(watch);
  return context;
}

/** One person's mouse and keyboard on a picture at full size; counts what they do and waits for each answer, as eyes do. */
export class Hand {
  actions = { clicks: 0, drags: 0, keys: 0 };
  /** For each action: from its last event until the frame after it is painted. */
  answers = [];
  /** When each object was complete, on the page's clock. */
  completed = [];
  #events = 0;

  static async at(context, path, { width, height }) {
    const tab = await context.newPage();
    tab.on('pageerror', (error) => process.stderr.write(`${error.message}\n`));
    await tab.goto(path);
    const hand = new Hand(tab);
    await hand.whenStatus('^Saved');
    await tab.waitForFunction(() => window.seen.pictures.length > 0, undefined, { timeout: patience });
    const zoom = tab.locator('footer').getByRole('button', { name: /%$/ });
    await zoom.click();
    await tab.locator('footer').getByRole('button', { name: '100 %' }).waitFor({ timeout: patience });
    const frame = await tab.locator('main canvas').first().boundingBox();
    hand.origin = { x: frame.x + (frame.width - width) / 2, y: frame.y + (frame.height - height) / 2 };
    await tab.evaluate(() => {
      window.seen.longest = 0;
    });
    hand.#events = await tab.evaluate(() => window.seen.events.length);
    return hand;
  }

  constructor(tab) {
    this.tab = tab;
  }

  async click([x, y], ...held) {
    this.actions.clicks++;
    await this.#holding(held, async () => {
      await this.#moveTo([x, y]);
      await this.tab.mouse.down();
      await this.tab.mouse.up();
    });
    return this.#answered('pointerdown');
  }

  /** Through all places with the button down. */
  async drag(places, ...held) {
    this.actions.drags++;
    await this.#holding(held, async () => {
      await this.#moveTo(places[0]);
      await this.tab.mouse.down();
      for (const place of places.slice(1)) await this.#moveTo(place);
      await this.tab.mouse.up();
    });
    return this.#answered('pointerup');
  }

  async press(key) {
    this.actions.keys++;
    await this.tab.keyboard.press(key);
    return this.#answered('keydown');
  }

  /** The object in hand was complete with the last action. */
  complete() {
    this.completed.push(this.last);
  }

  /** Until the save indicator says this. */
  whenStatus(pattern) {
    const status = this.tab.getByRole('status').filter({ hasText: new RegExp(pattern) });
    return status.first().waitFor({ timeout: patience });
  }

  /** When the picture's canvas first looks different here, as Unix milliseconds, after the frame that shows it. */
  whenPixelChanges([x, y]) {
    return this.tab.evaluate(
      ([left, top]) =>
        new Promise((resolve) => {
          const canvas = document.querySelector('main canvas');
          const frame = canvas.getBoundingClientRect();
          const context = canvas.getContext('2d');
          const color = () => context.getImageData(left - frame.x, top - frame.y, 1, 1).data.join();
          const before = color();
          const look = () => {
            if (color() === before) requestAnimationFrame(look);
            else setTimeout(() => resolve(performance.timeOrigin + performance.now()));
          };
          look();
        }),
      [this.origin.x + x, this.origin.y + y],
    );
  }

  #moveTo([x, y]) {
    return this.tab.mouse.move(this.origin.x + x, this.origin.y + y);
  }

  async #holding(keys, work) {
    for (const key of keys) await this.tab.keyboard.down(key);
    await work();
    for (const key of keys) await this.tab.keyboard.up(key);
  }

  /** Waits for the frame after the last event; the answer's time counts from the last event of this type. */
  async #answered(type) {
    const known = this.#events;
    await this.tab.waitForFunction(
      (n) => window.seen.events.length > n && window.seen.events.at(-1).painted !== null,
      known,
    );
    const events = (await this.tab.evaluate((n) => window.seen.events.slice(n), known)).filter(
      (event) => event.type === type,
    );
    this.#events = await this.tab.evaluate(() => window.seen.events.length);
    this.last = events.at(-1).at;
    this.answers.push(events.at(-1).painted - this.last);
  }
}
