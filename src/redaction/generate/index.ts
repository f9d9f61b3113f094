// Made-up secrets and look-alikes of every detector, for tests, the canary and the tables of precision and recall.
import { personalGenerators } from './personal/index.ts';
import { structuralGenerators } from './structural/index.ts';
import type { Generator } from './types.ts';
import { vendorGenerators } from './vendor/index.ts';

export { lookAlikes } from './look-alikes.ts';
export { seededRandom } from './seeded-random.ts';
export type { Generator, Random, Sample } from './types.ts';

export const generators: readonly Generator[] = [...vendorGenerators, ...structuralGenerators, ...personalGenerators];
