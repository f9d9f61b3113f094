export { halves, hashValue, mixed } from './hash-value.ts';
export { inBoth, Sketch } from './sketch.ts';
export { sketchFromText, sketchToText } from './wire.ts';
