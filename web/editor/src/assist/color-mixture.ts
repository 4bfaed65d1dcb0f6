/** One Gaussian of a mixture: its mean, the upper triangle of the inverse covariance, and the constant of its logarithm. */
type Component = { readonly mean: readonly number[]; readonly inverse: readonly number[]; readonly constant: number };

/** How likely colours are: a mixture of Gaussians over r, g, b. */
export type ColorMixture = readonly Component[];

const mostComponents = 5;
const rounds = 6;

/**
 * A mixture of up to five Gaussians for colours (`r, g, b, r, g, b, …`), by k-means from centres that are far apart.
 * The same colours give the same mixture. Every covariance has at least the variance of a step of two grey levels.
 * Source: Rother, Kolmogorov, Blake, "GrabCut", SIGGRAPH 2004, section 3.
 */
export function colorMixture(colors: ArrayLike<number>): ColorMixture {
  const count = colors.length / 3;
  if (count === 0) return [];
  const centers = farApart(colors, Math.min(mostComponents, count));
  const owner = new Uint8Array(count);
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < count; i++) owner[i] = nearest(colors, 3 * i, centers);
    centers.forEach((center, k) => {
      const sums = [0, 0, 0];
      let n = 0;
      for (let i = 0; i < count; i++) {
        if (owner[i] !== k) continue;
        n++;
        for (let c = 0; c < 3; c++) sums[c] = (sums[c] as number) + (colors[3 * i + c] as number);
      }
      if (n > 0) for (let c = 0; c < 3; c++) center[c] = (sums[c] as number) / n;
    });
  }
  return centers.flatMap((_, k) => component(colors, owner, k) ?? []);
}

/** −log of the density of a colour, up to a constant that is the same for all mixtures. */
export function unlikeliness(mixture: ColorMixture, r: number, g: number, b: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < mixture.length; k++) {
    const { mean, inverse, constant } = mixture[k] as Component;
    const x = r - (mean[0] as number);
    const y = g - (mean[1] as number);
    const z = b - (mean[2] as number);
    const squares = (inverse[0] as number) * x * x + (inverse[3] as number) * y * y + (inverse[5] as number) * z * z;
    const products = (inverse[1] as number) * x * y + (inverse[2] as number) * x * z + (inverse[4] as number) * y * z;
    const value = constant + 0.5 * squares + products;
    if (value < best) best = value;
  }
  return best;
}

function farApart(colors: ArrayLike<number>, count: number): number[][] {
  const centers = [[colors[0] as number, colors[1] as number, colors[2] as number]];
  const away = new Float64Array(colors.length / 3).fill(Number.POSITIVE_INFINITY);
  while (centers.length < count) {
    const [r, g, b] = centers.at(-1) as [number, number, number];
    let farthest = 0;
    for (let i = 0; i < away.length; i++) {
      const d = ((colors[3 * i] as number) - r) ** 2;
      const e = ((colors[3 * i + 1] as number) - g) ** 2;
      away[i] = Math.min(away[i] as number, d + e + ((colors[3 * i + 2] as number) - b) ** 2);
      if ((away[i] as number) > (away[farthest] as number)) farthest = i;
    }
    if (away[farthest] === 0) break;
    centers.push([0, 1, 2].map((c) => colors[3 * farthest + c] as number));
  }
  return centers;
}

function nearest(colors: ArrayLike<number>, at: number, centers: readonly (readonly number[])[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < centers.length; k++) {
    const [r, g, b] = centers[k] as [number, number, number];
    const d = ((colors[at] as number) - r) ** 2 + ((colors[at + 1] as number) - g) ** 2;
    const distance = d + ((colors[at + 2] as number) - b) ** 2;
    if (distance < least) [best, least] = [k, distance];
  }
  return best;
}

function component(colors: ArrayLike<number>, owner: Uint8Array, k: number): Component | null {
  const sums = new Float64Array(9);
  let n = 0;
  for (let i = 0; i < owner.length; i++) {
    if (owner[i] !== k) continue;
    const [r, g, b] = [colors[3 * i] as number, colors[3 * i + 1] as number, colors[3 * i + 2] as number];
    n++;
    [r, g, b, r * r, r * g, r * b, g * g, g * b, b * b].forEach((value, s) => {
      sums[s] = (sums[s] as number) + value;
    });
  }
  if (n === 0) return null;
  const mean = [0, 1, 2].map((c) => (sums[c] as number) / n);
  const [mr, mg, mb] = mean as [number, number, number];
  const of = (s: number, product: number) => (sums[s] as number) / n - product;
  const [a, b, c] = [of(3, mr * mr) + leastVariance, of(4, mr * mg), of(5, mr * mb)];
  const [d, e, f] = [of(6, mg * mg) + leastVariance, of(7, mg * mb), of(8, mb * mb) + leastVariance];
  const determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
  const inverse = [d * f - e * e, c * e - b * f, b * e - c * d, a * f - c * c, b * c - a * e, a * d - b * b];
  const constant = 0.5 * Math.log(determinant) - Math.log(n / owner.length);
  return { mean, inverse: inverse.map((value) => value / determinant), constant };
}

const leastVariance = 4;
