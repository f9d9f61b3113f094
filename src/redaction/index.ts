import { detectors } from './detectors/index.ts';
import type { Detector } from './types.ts';
export { bullets } from './mask.ts';
export { KeyRing } from './key-ring.ts';
export { checkOwnPattern } from './own-pattern/index.ts';
export * from './policy/index.ts';
export { generators, seededRandom, type Generator } from './generate/index.ts';
export { isSecretName, residualScan, type ResidualFinding } from './residual/index.ts';
export { createScanner } from './scanner.ts';
export { inUtf16 } from './utf16.ts';
export { detectorFamilies, type DetectorFamily, type Edit, type Finding, type MaskMode, type Scanner, type ScannerOptions } from './types.ts';

/** What is known of a detector, for completion, documentation and the console. */
export type DetectorInfo = Pick<Detector, 'name' | 'version' | 'family' | 'title' | 'doc' | 'facts' | 'source' | 'check'>;
export const detectorList: readonly DetectorInfo[] =
  detectors.map(({ name, version, family, title, doc, facts, source, check }) => ({ name, version, family, title, doc, facts, source, check }));
