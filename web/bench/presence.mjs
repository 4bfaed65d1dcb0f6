// Two browsers on one picture: how long until the second shows what the first has drawn; alone, and among 20 people.
// node bench/presence.mjs PLAN (JSON; `./bench presence` makes it)
import { launch } from './browser.mjs';
import { Crowd } from './sessions/crowd.mjs';
import { Hand, signedIn } from './sessions/hand.mjs';
import { row, spread } from './sessions/table.mjs';

const plan = JSON.parse(process.argv[2]);
const [watcher, ...crowd] = plan.others;
const browser = await launch();
const drawing = await signedIn(browser, plan);
const watching = await signedIn(browser, { ...plan, cookies: watcher });

row('', 'painted, ms', 'delivered, ms');
row('from pointer-up until the other …', 'median / p95 / most', 'median / p95 / most');
row('two people on the picture', spread((await draw(plan.pictures[0], null)).painted), '–');
const others = await Crowd.join(plan.address, crowd, plan.pictures[1]);
const { painted, delivered } = await draw(plan.pictures[1], others);
row(`${crowd.length + 2} people on the picture`, spread(painted), spread(delivered));
others.leave();
await browser.close();
process.stdout.write(
  '\npainted: the second browser has painted the box, looked for in its canvas at every frame. delivered: one of the other\n' +
    'people, who are programs that listen and fetch as pages do, has the change. Both browsers, the others and the server share\n' +
    'this machine.\n',
);

/** Boxes one after the other, each where nothing was before. */
async function draw({ path }, others) {
  const [hand, eye] = [await Hand.at(drawing, path, plan), await Hand.at(watching, path, plan)];
  const times = { painted: [], delivered: [] };
  await hand.press('b');
  for (let i = 0; i < plan.boxes; i++) {
    const [x, y] = [20 + (i % 10) * 86, 20 + Math.floor(i / 10) * 90];
    const painted = eye.whenPixelChanges([x + 30, y + 30]);
    const delivered = others?.whenDelivered();
    await hand.drag([
      [x, y],
      [x + 30, y + 30],
      [x + 60, y + 60],
    ]);
    const released = (await hand.tab.evaluate(() => performance.timeOrigin)) + hand.last;
    times.painted.push((await painted) - released);
    for (const at of (await delivered) ?? []) times.delivered.push(at - released);
  }
  await Promise.all([hand.tab.close(), eye.tab.close()]);
  return times;
}
