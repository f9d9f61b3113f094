export { addText, arriveText, drainText, dropText, endText, hookAt, installText, muteText, removeText } from './install.ts';
export type { Drained, PlaceSetting, RawFrame, RawHit } from './hook.ts';
