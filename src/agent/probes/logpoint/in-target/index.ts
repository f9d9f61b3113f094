export { addText, aliveText, arriveText, drainText, dropText, endText, hookAt, installText, muteText, removeText, setText, unsetText } from './install.ts';
export { readDrained } from './drained.ts';
export type { Drained, PlaceSetting, RawFrame, RawHit } from './hook.ts';
