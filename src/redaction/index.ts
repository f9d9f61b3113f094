import { detectors } from './detectors/index.ts';
export { bullets } from './mask.ts';
export { createScanner, type ScannerOptions } from './scanner.ts';
export type { Finding, MaskMode, Scanner } from './types.ts';

/** Name, family and one line about every detector, for completion and documentation. */
export const detectorList: readonly { readonly name: string; readonly version: number; readonly family: string; readonly doc: string }[] =
  detectors.map(({ name, version, family, doc }) => ({ name, version, family, doc }));
