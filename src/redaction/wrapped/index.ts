export { decodedRun, mayHoldRun, nextRun, run } from './base64-run.ts';
export { behindColour, colourSigns, uncoloured, withoutColours } from './colours.ts';
export { jsonUnescaped } from './json-escapes.ts';
export { jsonSigns, urlSign } from './signs.ts';
export type { Unwrapped } from './unwrapped.ts';
export { urlStretches } from './url-escapes.ts';
