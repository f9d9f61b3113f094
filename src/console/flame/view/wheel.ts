// What a turn of the wheel means. As in other profilers: Ctrl (or Cmd, or a pinch, which browsers report as Ctrl) zooms at the
// pointer; plain turns move over the rows; Shift, or a wheel that goes sideways, moves along the axis.

export interface WheelTurn { readonly deltaX: number; readonly deltaY: number; readonly deltaMode: number; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly shiftKey: boolean }

/** CSS pixels, to the right and down; `zoom` below 1 comes closer. */
export type WheelMeaning = { readonly kind: 'zoom'; readonly factor: number } | { readonly kind: 'move'; readonly x: number; readonly y: number };

/** By WheelEvent.deltaMode: pixels, lines, pages. */
const unitPx = [1, 20, 400];
/** A notch of a mouse's wheel is some 100 px and zooms by a quarter; a pinch comes in steps of a few px. */
const perNotch = 0.0022;
const perPinch = 0.01;
const smallest = 40;
const largest = 240;

export function wheelMeaning({ deltaX, deltaY, deltaMode, ctrlKey, metaKey, shiftKey }: WheelTurn): WheelMeaning {
  const unit = unitPx[deltaMode] ?? 1;
  const [x, y] = [deltaX * unit, deltaY * unit];
  if (ctrlKey || metaKey) {
    const turned = Math.min(Math.max(y, -largest), largest);
    return { kind: 'zoom', factor: Math.exp(turned * (Math.abs(turned) < smallest ? perPinch : perNotch)) };
  }
  return shiftKey && x === 0 ? { kind: 'move', x: y, y: 0 } : { kind: 'move', x, y };
}
