// A state machine as boxes and arrows: what to draw, computed apart from drawing. Places come from the document's layout;
// states without one stand in columns by how many steps they are from the first.
import type { MachineDocument, MachineState } from '../../../../model/index.ts';

export const boxWidth = 190;
const boxHeight = 92, columnGap = 330, rowGap = 150;

export interface Point { readonly x: number; readonly y: number }
export interface StateBox { readonly name: string; readonly at: Point; readonly initial: boolean; readonly actions: readonly string[]; readonly timer: string | null; readonly reachable: boolean }
export interface StateArrow {
  /** `idle/on/0` or `idle/after/60s`: stable while the place in the document is. */
  readonly id: string; readonly from: string; readonly to: string; readonly kind: 'transition' | 'timer';
  readonly index: number;
  /** Two lines of few words: when, and how often. */
  readonly label: string; readonly detail: string;
  /** Of several arrows between the same two states, from 0. */
  readonly lane: number;
}
export interface MachineGraph { readonly boxes: readonly StateBox[]; readonly arrows: readonly StateArrow[] }

/** @param document may lead to states that do not exist; such arrows are left out. */
export function graphOf(document: MachineDocument): MachineGraph {
  const names = Object.keys(document.states);
  const depths = depthsOf(document);
  const automatic = columns(names, depths);
  const boxes = names.map((name): StateBox => ({
    name, at: document.layout?.[name] ?? automatic.get(name)!, initial: document.initial === name, reachable: depths.has(name),
    actions: (document.states[name]!.enter ?? []).map(({ action, duration }) => (duration === undefined ? action : `${action} ${duration}`)),
    timer: timerWords(document.states[name]!),
  }));
  return { boxes, arrows: withLanes(names.flatMap((name) => arrowsFrom(name, document.states[name]!)).filter(({ to }) => to in document.states)) };
}

function timerWords({ after = {} }: MachineState): string | null {
  const [first] = Object.entries(after);
  return first === undefined ? null : `${first[1]} after ${first[0]}`;
}

function arrowsFrom(from: string, { on = [], after = {} }: MachineState): readonly Omit<StateArrow, 'lane'>[] {
  const transitions = on.map(({ when, count, within, to }, index) => ({ id: `${from}/on/${index}`, from, to, kind: 'transition' as const, index, label: shortGuard(when), detail: countWords(count, within) }));
  const timers = Object.entries(after).map(([time, to], index) => ({ id: `${from}/after/${time}`, from, to, kind: 'timer' as const, index, label: `after ${time}`, detail: '' }));
  return [...transitions, ...timers];
}

export function countWords(count: number | undefined, within: string | undefined): string {
  if (count === undefined || count === 1) return '';
  return within === undefined ? `${count} times` : `${count} within ${within}`;
}

/** The last clause says the most: `EventName == "QueueDepth" and toint(Attributes.depth) > 200` is "depth > 200". */
export function shortGuard(when: string): string {
  const clauses = when.trim().replaceAll(/\s+/g, ' ').split(/ and /i);
  const last = clauses.at(-1) ?? '';
  const plain = last.replaceAll(/\b(?:to(?:int|long|real|double|string|bool))\(([^()]*)\)/g, '$1').replaceAll(/Attributes(?:\.(\w+)|\["([^"]+)"\])/g, '$1$2');
  return plain.length > 34 ? `${plain.slice(0, 33)}…` : plain;
}

/** Steps from the first state; what cannot be reached is not in it. */
function depthsOf(document: MachineDocument): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  let front = document.initial in document.states ? [document.initial] : [];
  for (let depth = 0; front.length > 0; depth++) {
    for (const name of front) depths.set(name, depth);
    front = [...new Set(front.flatMap((name) => leadsTo(document.states[name]!)))].filter((name) => name in document.states && !depths.has(name));
  }
  return depths;
}

const leadsTo = ({ on = [], after = {} }: MachineState): readonly string[] => [...on.map(({ to }) => to), ...Object.values(after)];

function columns(names: readonly string[], depths: ReadonlyMap<string, number>): ReadonlyMap<string, Point> {
  const last = Math.max(0, ...depths.values());
  const rows = new Map<number, number>();
  return new Map(names.map((name) => {
    const column = depths.get(name) ?? last + 1;
    const row = rows.get(column) ?? 0;
    rows.set(column, row + 1);
    return [name, { x: 40 + column * columnGap, y: 120 + row * (rowGap + boxHeight / 2) }];
  }));
}

function withLanes(arrows: readonly Omit<StateArrow, 'lane'>[]): readonly StateArrow[] {
  const seen = new Map<string, number>();
  return arrows.map((arrow) => {
    const pair = [arrow.from, arrow.to].join('\n');
    const lane = seen.get(pair) ?? 0;
    seen.set(pair, lane + 1);
    return { ...arrow, lane };
  });
}
