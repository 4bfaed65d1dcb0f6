// Scripted work in the production pages of a running server: actions an object, and waits.
// node bench/sessions.mjs PLAN (JSON; `./bench sessions` makes it)
import { launch } from './browser.mjs';
import { Hand, signedIn } from './sessions/hand.mjs';
import { row, spread } from './sessions/table.mjs';
import { sessions } from './sessions/work.mjs';

const plan = JSON.parse(process.argv[2]);
const browser = await launch();

row('', 'objects', 'actions an object', 'answered, ms', 'saved, ms', 'next picture, ms', 'longest task, ms');
row('', '', 'click + drag + key', 'median / p95 / most', 'median / p95 / most', 'median / p95 / most');
for (const name of plan.sessions.split(',')) {
  const { title, run, check } = sessions[name];
  const context = await signedIn(browser, plan);
  const hand = await Hand.at(context, plan[name][0].path, plan);
  await run(hand, plan);
  await hand.whenStatus('^Saved \\d');
  for (const fault of await faultsOf(check, context, plan[name])) {
    process.stderr.write(`${title}: ${fault}\n`);
    process.exitCode = 1;
  }
  print(title, hand, await hand.tab.evaluate(() => window.seen));
  await context.close();
}
await browser.close();
process.stdout.write(
  '\nanswered: from a press, release or key until the frame after it is painted; the next action waits for it. saved: from\n' +
    'the action that completes an object until the server has acknowledged it; nothing waits for that. next picture: from the\n' +
    'key until the frame that shows it. What was drawn is read back from the server and compared.\n',
);

/** What the server holds, told by the session's own check. */
async function faultsOf(check, context, pictures) {
  const sets = [];
  for (const { setId } of pictures)
    sets.push(await (await context.request.get(`/api/annotation-sets/${setId}`)).json());
  return check(sets, plan);
}

function print(title, { actions, answers, completed, turned = [] }, { saves, longest }) {
  const each = (number) => (number / completed.length).toFixed(1).replace('.0', '');
  const saved = completed.map((at) => (saves.find(({ left }) => left >= at)?.done ?? Number.POSITIVE_INFINITY) - at);
  const all = actions.clicks + actions.drags + actions.keys;
  const kinds = `${each(actions.clicks)} + ${each(actions.drags)} + ${each(actions.keys)}`;
  row(
    title,
    completed.length,
    `${each(all)} = ${kinds}`,
    spread(answers),
    spread(saved),
    turned.length > 0 ? spread(turned) : '–',
    longest,
  );
}
