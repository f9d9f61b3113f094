// Generators of network addresses, personal data, financial and national numbers.
import type { Generator } from '../types.ts';
import { financialGenerators } from './financial.ts';
import { nationalGenerators } from './national.ts';
import { peopleGenerators } from './people.ts';

export const personalGenerators: readonly Generator[] = [...peopleGenerators, ...financialGenerators, ...nationalGenerators];
