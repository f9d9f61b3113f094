// A whole picture over sample boxes, with names and colours by package.
import type { FlameBoxes } from '../../../profiles/index.ts';
import { wholeWindow } from '../layout/window.ts';
import type { FlamePicture } from '../types.ts';

const verbs = ['handle', 'parse', 'apply', 'load', 'encode', 'query', 'send', 'check', 'take', 'merge', 'sort', 'fold'];
const nouns = ['Checkout', 'Cart', 'Rules', 'Row', 'Frame', 'Span', 'Stock', 'Bundle', 'Session', 'Price', 'Buffer', 'Header'];
export const samplePalette = ['app', 'framework', 'db', 'telemetry', 'node', 'native', 'gc'].map(name => `var(--flame-${name})`);
const share = (part: number, all: number): string => `${(part / all * 100).toFixed(1)} %`;

export function samplePicture(boxes: FlameBoxes, more: Partial<FlamePicture> = {}): FlamePicture {
  const nameOf = (box: number): string => { const of = boxes.function[box]!; return of < 0 ? 'checkout, main thread' : `${verbs[of % 12]!}${nouns[Math.floor(of / 12) % 12]!}`; };
  const shareOf = (box: number): string => share(boxes.end[box]! - boxes.start[box]!, boxes.extent);
  return {
    boxes, direction: 'up', colours: Uint8Array.from(boxes.function, of => of < 0 ? 4 : of % samplePalette.length), palette: samplePalette, found: null, selected: null, window: wholeWindow(boxes.extent), label: 'Flame graph of a sample',
    labels: { nameOf, shareOf, describe: box => ({ title: nameOf(box), place: `src/${nameOf(box)}.ts:${boxes.function[box]! + 1}`, facts: [['Total', shareOf(box)]] }) }, ...more,
  };
}
