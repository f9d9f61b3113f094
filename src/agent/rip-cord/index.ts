export { cordHere, watchCordHere } from './cord-here.ts';
export { answerFile, orderFile, readAnswer, writeOrder, type LocalAnswer, type LocalOrder } from './local-order.ts';
export { ripCordRules, type PassThrough } from './pass-through.ts';
export { refusalOf, RipCord, type EndedProbes, type RipCordPorts } from './rip-cord.ts';
export { readState, type RipCordState } from './state.ts';
