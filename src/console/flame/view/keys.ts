// What a key does in the graph. The picture decides what "up" means: children are drawn above their parent in a flame, below in an icicle.
import type { FlameStep } from '../layout/walk.ts';

export type KeyCommand =
  | { readonly kind: 'step'; readonly step: FlameStep }
  | { readonly kind: 'open' } | { readonly kind: 'back' } | { readonly kind: 'whole' }
  | { readonly kind: 'zoom'; readonly factor: number }
  /** Of the width in view, to the right when positive. */
  | { readonly kind: 'pan'; readonly share: number }
  /** Of the height in view, away from the root when positive. */
  | { readonly kind: 'scroll'; readonly share: number };

export interface KeyPress { readonly key: string; readonly shiftKey: boolean; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean }

const step = (name: FlameStep): KeyCommand => ({ kind: 'step', step: name });
const zoomStep = 0.7;
const panStep = 0.2;

const closer: KeyCommand = { kind: 'zoom', factor: zoomStep };
const further: KeyCommand = { kind: 'zoom', factor: 1 / zoomStep };

const plain: ReadonlyMap<string, KeyCommand> = new Map([
  ['ArrowLeft', step('previous')], ['ArrowRight', step('next')], ['Home', step('first')], ['End', step('last')], ['Enter', { kind: 'open' }], ['Escape', { kind: 'back' }],
  ['+', closer], ['=', closer], ['-', further], ['_', further], ['0', { kind: 'whole' }],
]);

/** Null: the key is not the graph's. */
export function keyCommand({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyPress, direction: 'up' | 'down'): KeyCommand | null {
  if (altKey || metaKey) return null;
  if (ctrlKey) return key === 'Home' ? step('root') : null;
  if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) return { kind: 'pan', share: key === 'ArrowRight' ? panStep : -panStep };
  const away = direction === 'up' ? 'Up' : 'Down';
  if (key === 'ArrowUp' || key === 'ArrowDown') return step(key === `Arrow${away}` ? 'child' : 'parent');
  if (key === 'PageUp' || key === 'PageDown') return { kind: 'scroll', share: key === `Page${away}` ? 0.9 : -0.9 };
  return plain.get(key) ?? null;
}

/** For a sheet of shortcuts: what, and the keys or gestures that do it. */
export const flameKeys: readonly (readonly [what: string, keys: readonly string[]])[] = [
  ['Caller, callee', ['↓', '↑']], ['Along the row', ['←', '→']], ['First, last of the row', ['Home', 'End']], ['The root', ['Ctrl Home']],
  ['Open: zoom to the box', ['Enter']], ['Back out', ['Esc']], ['Closer, further, whole', ['+', '−', '0']], ['Move sideways', ['Shift ←', 'Shift →']],
  ['Move by rows', ['Page Up', 'Page Down']], ['Zoom at the pointer', ['Ctrl wheel']], ['Move by rows, sideways', ['Wheel', 'Shift wheel']],
];

/** The same as a sentence, which a screen reader says after the graph's name. */
export const keyHelp = 'Arrows walk from box to box: to callers and callees, and along the row. Enter zooms to the box, Escape goes back, plus and minus zoom, 0 shows the whole.';
