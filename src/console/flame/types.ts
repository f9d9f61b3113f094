// The flame graph as a component: what it is given and what it tells. It draws boxes that a worker laid out; it knows no profile.
import type { FlameBoxes } from '../../profiles/index.ts';

export interface FlameWindow { readonly start: number; readonly end: number }

export interface FlameLabels {
  /** Text of a box: a function's name, cut by the renderer to what fits. */
  readonly nameOf: (box: number) => string;
  /** Said after the name where there is room, "42.5 %"; null: nothing. */
  readonly shareOf: (box: number) => string | null;
  /** Of the tooltip and of the live region: name, file and line, self and total with their samples. */
  readonly describe: (box: number) => string;
}

export interface FlameGraphProps {
  readonly boxes: FlameBoxes;
  /** Rows grow upwards (flame) or downwards (icicle, time order). */
  readonly direction: 'up' | 'down';
  readonly labels: FlameLabels;
  /** Index into `palette` of every box; as long as the boxes. */
  readonly colours: Uint8Array;
  /** CSS colours, from tokens. */
  readonly palette: readonly string[];
  /** Boxes that a search found, one bit or byte a box; null: no search. */
  readonly found: Uint8Array | null;
  readonly selected: number | null;
  readonly window: FlameWindow;
  readonly onWindow: (window: FlameWindow) => void;
  readonly onSelect: (box: number | null) => void;
  /** Enter or double click: the chosen box becomes the whole width. */
  readonly onOpen: (box: number) => void;
  /** What the picture is, for a screen reader: "Flame graph of cpu-sample, 7,921 samples". */
  readonly label: string;
}
