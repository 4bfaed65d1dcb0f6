// The sessions: what is done on the picture, and what the server must hold afterwards. All places are image pixels.

const boxes = {
  title: '20 boxes, three classes',
  async run(hand) {
    await hand.press('b');
    for (let i = 0; i < 20; i++) {
      const [x, y] = [40 + (i % 5) * 170, 30 + Math.floor(i / 5) * 140];
      // Classes come in runs, as they do when a picture is gone over class by class.
      if (i % 7 === 0) await hand.press(String(1 + i / 7));
      await hand.drag([
        [x, y],
        [x + 60, y + 50],
        [x + 120, y + 100],
      ]);
      hand.complete();
    }
  },
  check: ([{ annotations }]) => [
    ...expect(20, annotations.length, 'boxes'),
    ...expect(6, annotations.filter((a) => a.classId === 'sign').length, 'signs'),
  ],
};

const [columns, left, top, fieldWidth, fieldHeight] = [5, 50, 40, 160, 250];
const borderSteps = 6;
/** A point of the winding border between two fields of a row, from its top (step 0) to its foot. */
function border(column, rowOf, step) {
  const isStraight = column === 0 || column === columns || step === 0 || step === borderSteps;
  const bend = isStraight ? 0 : ((step * 7 + column * 3) % 5) * 8 - 16;
  return [left + column * fieldWidth + bend, top + rowOf * fieldHeight + (step * fieldHeight) / borderSteps];
}

const polygons = {
  title: '10 polygons with shared borders',
  async run(hand) {
    await hand.press('p');
    for (let n = 0; n < 2 * columns; n++) {
      const [column, rowOf] = [n % columns, Math.floor(n / columns)];
      if (column === 0) {
        await hand.click(border(0, rowOf, borderSteps));
        await hand.click(border(0, rowOf, 0));
      } else {
        // The neighbour's border, from its foot to its top, by two clicks.
        await hand.click(border(column, rowOf, borderSteps));
        await hand.click(border(column, rowOf, 0), 'Shift');
      }
      const isLast = column === columns - 1;
      for (let step = 0; step <= borderSteps; step += isLast ? borderSteps : 1)
        await hand.click(border(column + 1, rowOf, step));
      await hand.press('Enter');
      hand.complete();
    }
  },
  /** Fields that share their borders exactly fill their rectangle without gap or overlap. */
  check: ([{ annotations }]) => {
    const area = annotations.reduce((sum, { shape }) => sum + ringArea(shape.parts[0].outer), 0);
    return [
      ...expect(10, annotations.length, 'polygons'),
      ...expect(columns * fieldWidth * 2 * fieldHeight, Math.round(area), 'square pixels in all'),
    ];
  },
};

const panoptic = {
  title: 'one panoptic picture',
  async run(hand, { width }) {
    await hand.press('Alt+o');
    await hand.press('Alt+l');
    const lasso = async (key, ring) => {
      await hand.press(key);
      await hand.drag([...ring, ring[0]]);
      hand.complete();
      await hand.press('Escape');
    };
    await lasso('1', ringBetween(0, 0, width - 1, 180));
    await lasso('2', ringBetween(0, 181, width - 1, 340));
    await hand.press('3');
    await hand.press('Alt+r');
    hand.complete();
    await hand.press('Escape');
    for (const x of [80, 280, 480, 680]) await lasso('4', roundRing(x + 60, 420, 60, 35));
    await hand.press('5');
    await hand.press('m');
    for (const x of [230, 640]) {
      await hand.drag([
        [x, 350],
        [x, 400],
        [x + 4, 450],
      ]);
      await hand.drag([
        [x - 14, 380],
        [x, 384],
        [x + 16, 380],
      ]);
      hand.complete();
      await hand.press('Escape');
    }
  },
  /** Every pixel belongs to exactly one. */
  check: ([{ annotations }], { width, height }) => [
    ...expect(9, annotations.length, 'masks'),
    ...expect(
      width * height,
      annotations.reduce((sum, { shape }) => sum + maskArea(shape), 0),
      'pixels in all',
    ),
  ],
};

const tags = {
  title: '60 classifications',
  async run(hand, { tags: pictures }) {
    await hand.press('Alt+t');
    await hand.tab.getByRole('group', { name: 'Classify' }).waitFor();
    hand.turned = [];
    for (let i = 0; i < pictures.length - 1; i++) {
      const shown = await hand.tab.evaluate(() => window.seen.pictures.length);
      await hand.press(String(1 + (i % 3)));
      hand.complete();
      await hand.tab.waitForFunction((n) => window.seen.pictures.length > n, shown);
      hand.turned.push((await hand.tab.evaluate((n) => window.seen.pictures[n], shown)) - hand.last);
    }
  },
  check: (sets) =>
    expect(
      60,
      sets.filter(({ annotations, outcome }) => annotations.length === 1 && outcome === 'labelled').length,
      'labelled pictures',
    ),
};

export const sessions = { boxes, polygons, panoptic, tags };

function expect(wanted, found, what) {
  return wanted === found ? [] : [`${found} ${what} instead of ${wanted}`];
}

function ringArea(ring) {
  let twice = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    twice += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
  }
  return Math.abs(twice) / 2;
}

/** A rectangle drawn by hand: corners with places between them. */
function ringBetween(x0, y0, x1, y1) {
  const mix = (a, b) => (a + b) / 2;
  return [
    [x0, y0],
    [mix(x0, x1), y0],
    [x1, y0],
    [x1, mix(y0, y1)],
    [x1, y1],
    [mix(x0, x1), y1],
    [x0, y1],
    [x0, mix(y0, y1)],
  ];
}

function roundRing(cx, cy, rx, ry) {
  return Array.from({ length: 16 }, (_, i) => [
    cx + rx * Math.cos((i / 8) * Math.PI),
    cy + ry * Math.sin((i / 8) * Math.PI),
  ]);
}

/** Runs of pixels outside and inside take turns. */
function maskArea({ runs }) {
  return runs.reduce((sum, length, i) => sum + (i % 2 === 1 ? length : 0), 0);
}
