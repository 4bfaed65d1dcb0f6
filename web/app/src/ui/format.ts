const numberFormat = new Intl.NumberFormat();
const dateTimeFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const relativeFormat = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** In the reader's locale, digits grouped. */
export const formatNumber = (value: number): string => numberFormat.format(value);
export const formatDateTime = (time: string | Date): string => dateTimeFormat.format(new Date(time));
export const formatDate = (time: string | Date): string => dateFormat.format(new Date(time));

/** `1 image`, `2,000 images`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'];
/** Decimal units as file managers show them: 1 MB = 1,000,000 bytes. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < sizeUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${sizeUnits[unit]}`;
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['minute', 60],
  ['hour', 3_600],
  ['day', 86_400],
  ['month', 2_629_800],
  ['year', 31_557_600],
];
/** `3 minutes ago`, `in 2 days`; within a minute `just now`. */
export function formatRelative(time: string | Date, now: Date): string {
  const seconds = (new Date(time).getTime() - now.getTime()) / 1000;
  let chosen: (typeof steps)[number] | null = null;
  for (const step of steps) if (Math.abs(seconds) >= step[1]) chosen = step;
  return chosen === null ? 'just now' : relativeFormat.format(Math.trunc(seconds / chosen[1]), chosen[0]);
}

/** `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
