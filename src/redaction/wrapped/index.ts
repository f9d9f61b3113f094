export { decodedRun, linesStart, mayHoldRun, nextRun, run } from './base64-run.ts';
export { behindColour, colourSigns, uncoloured, withoutColours } from './colours.ts';
export { htmlUnescaped } from './html-entities.ts';
export { jsonUnescaped } from './json-escapes.ts';
export { htmlSigns, jsonSigns, urlSign } from './signs.ts';
export type { Unwrapped } from './unwrapped.ts';
export { urlStretches } from './url-escapes.ts';
