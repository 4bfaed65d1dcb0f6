import { configureGlobal } from 'fast-check';

/** Properties are tried on the same values in every run; `PLUMBLINE_LONG_TESTS=1` tries new ones, and ten times as many where a test does not say how many. */
configureGlobal(process.env.PLUMBLINE_LONG_TESTS === '1' ? { numRuns: 1000 } : { seed: 1 });
