// The flame graph as a component: what it is given and what it tells. It draws boxes that a worker laid out; it knows no profile.
import type { FlameBoxes } from '../../profiles/index.ts';

/** What of the axis is in view, in the axis' unit (FlameBoxes.start); `start < end`, within 0 to the boxes' extent. */
export interface FlameWindow { readonly start: number; readonly end: number }

/** What the tooltip shows and what is read out: "hanoi, pricing/hanoi.ts:12, Self 31.3 %, 2.56 s, 2,478 samples, Total …". */
export interface FlameDescription {
  readonly title: string;
  /** File and line, or where else it comes from; null: not known. */
  readonly place: string | null;
  /** Such as ["Self", "31.3 %, 2.56 s, 2,478 samples"]; one line each. */
  readonly facts: readonly (readonly [label: string, value: string])[];
}

export interface FlameLabels {
  /** Text of a box: a function's name, cut by the renderer to what fits. Called for drawn boxes in each frame, so it must be quick. */
  readonly nameOf: (box: number) => string;
  /** Said after the name where there is room, "42.5 %"; null: nothing. */
  readonly shareOf: (box: number) => string | null;
  readonly describe: (box: number) => FlameDescription;
}

/** What is drawn, by the component and by the exports alike. Columns are compared by identity: a new array is a new picture. */
export interface FlamePicture {
  readonly boxes: FlameBoxes;
  /** Rows grow upwards (flame) or downwards (icicle, time order). */
  readonly direction: 'up' | 'down';
  readonly labels: FlameLabels;
  /** Index into `palette` of every box; as long as the boxes. */
  readonly colours: Uint8Array;
  /** CSS colours, usually `var(--flame-app)`; read again when the theme switches. At most 256. */
  readonly palette: readonly string[];
  /** One byte a box, not 0 where a search found it: outlined, the rest dimmed; null: no search. */
  readonly found: Uint8Array | null;
  readonly selected: number | null;
  readonly window: FlameWindow;
  /** What the picture is, for a screen reader: "Flame graph of cpu-sample, 7,921 samples". */
  readonly label: string;
}

export interface FlameGraphProps extends FlamePicture {
  /** Once a zoom or pan has come to rest, never for each frame: fit for a URL. */
  readonly onWindow: (window: FlameWindow) => void;
  /** A click, a right click or a key chose a box; null: nothing chosen any more. */
  readonly onSelect: (box: number | null) => void;
  /** Enter or double click. The graph has by then zoomed to the box, and said so by `onWindow`; this is for what else opens. */
  readonly onOpen?: ((box: number) => void) | undefined;
}
