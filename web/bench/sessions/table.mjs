/** The value below which a share of them lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))];
}

const ms = (value) => String(Math.round(value));

/** Median, 95th percentile and longest, in milliseconds. */
export function spread(values) {
  return [quantile(values, 0.5), quantile(values, 0.95), quantile(values, 1)].map(ms).join(' / ');
}

export function row(...cells) {
  const line = cells.map((cell, i) => String(cell).padEnd(i === 0 ? 34 : 22)).join('');
  process.stdout.write(`${line.trimEnd()}\n`);
}
