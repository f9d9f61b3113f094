// Every detector, in the order in which people read them. A folder per kind, a family per file.
import type { Detector } from '../types.ts';
import { personalDetectors } from './personal/index.ts';
import { structuralDetectors } from './structural/index.ts';
import { vendorDetectors } from './vendor/index.ts';

export const detectors: readonly Detector[] = [...vendorDetectors, ...structuralDetectors, ...personalDetectors];
