// A state machine as boxes and arrows: what to draw, computed apart from drawing. Places come from the document's layout; states
// without one get theirs from places.ts. Sizes are known before anything is drawn, so that nothing moves once it is.
import type { MachineDocument, MachineState, MachineTransition } from '../../../../model/index.ts';
import { durationWords } from './duration-words.ts';
import type { Rect, Size } from './geometry.ts';
import { isPlaceholder } from './placeholder.ts';
import { placesOf } from './places.ts';
import { depthsOf } from './reach.ts';

export const boxWidth = 190;
/** As machine.css draws them: a head, a line about timers, and one line for each action. */
const headHeight = 32, timerHeight = 24, actionHeight = 22, listFrame = 9, border = 2;
/** One character of a label, the space around it, and one line of it. */
const charWidth = 6.65, labelFrame = 20, lineHeight = 16, labelPadding = 10;
const maxLabel = 22;

export interface StateBox extends Rect {
  readonly name: string; readonly initial: boolean; readonly actions: readonly string[];
  /** "idle after 60 s", in the order of the document. */
  readonly timers: readonly string[];
  readonly reachable: boolean;
}
export interface StateArrow extends Size {
  /** `idle/on/0` or `idle/after/60s`: stable while the place in the document is. */
  readonly id: string; readonly from: string; readonly to: string; readonly kind: 'transition' | 'timer';
  /** Of a transition its number in `on`; of a timer its time. */
  readonly place: { readonly index: number } | { readonly time: string };
  /** Up to three lines of few words: which event and how often (either may be empty), and when. Width and height are theirs. */
  readonly event: string; readonly detail: string; readonly label: string;
  /** The whole condition, for a tip. */
  readonly says: string;
}
export interface MachineGraph { readonly boxes: readonly StateBox[]; readonly arrows: readonly StateArrow[] }

/** @param document may lead to states that do not exist; such arrows are left out. */
export function graphOf(document: MachineDocument): MachineGraph {
  const names = Object.keys(document.states);
  const arrows = names.flatMap((name) => arrowsFrom(name, document.states[name]!)).filter(({ to }) => to in document.states);
  const depths = depthsOf(document);
  const sizes = new Map(names.map((name): [string, Size] => [name, boxSize(document.states[name]!)]));
  const places = placesOf({ names, sizes, depths, layout: document.layout ?? {} });
  return { boxes: names.map((name) => stateBox(document, name, { ...places.get(name)!, ...sizes.get(name)! }, depths.has(name))), arrows };
}

function stateBox(document: MachineDocument, name: string, rect: Rect, reachable: boolean): StateBox {
  const { enter = [], after = {} } = document.states[name]!;
  return {
    name, ...rect, initial: document.initial === name, reachable, timers: Object.entries(after).map(([time, to]) => `${to} after ${durationWords(time)}`),
    actions: enter.map(({ action, duration }) => (duration === undefined ? action : `${action} ${durationWords(duration)}`)),
  };
}

function boxSize({ enter = [] }: MachineState): Size {
  return { width: boxWidth, height: headHeight + timerHeight + border + (enter.length === 0 ? 0 : listFrame + enter.length * actionHeight) };
}

function arrowsFrom(from: string, { on = [], after = {} }: MachineState): readonly StateArrow[] {
  return [
    ...on.map((transition, index) => transitionArrow(from, transition, index)),
    ...Object.entries(after).map(([time, to]): StateArrow => ({ id: `${from}/after/${time}`, from, to, kind: 'timer', place: { time }, ...labelled('', '', `after ${durationWords(time)}`), says: `After ${durationWords(time)} in ${from}` })),
  ];
}

function transitionArrow(from: string, { when, count, within, to }: MachineTransition, index: number): StateArrow {
  return { id: `${from}/on/${index}`, from, to, kind: 'transition', place: { index }, ...labelled(eventOf(when), countWords(count, within), shortGuard(when)), says: when.trim().replaceAll(/\s+/g, ' ') };
}

function labelled(event: string, detail: string, label: string): Pick<StateArrow, 'event' | 'detail' | 'label' | 'width' | 'height'> {
  const lines = [event, detail, label].filter((line, i) => line !== '' || i === 2);
  return { event, detail, label, width: Math.ceil(Math.max(...lines.map((line) => line.length)) * charWidth) + labelFrame, height: lines.length * lineHeight + labelPadding };
}

export function countWords(count: number | undefined, within: string | undefined): string {
  if (count === undefined || count === 1) return '';
  return within === undefined ? `${count} times` : `${count} within ${durationWords(within)}`;
}

const clausesOf = (when: string): readonly string[] => when.trim().replaceAll(/\s+/g, ' ').split(/ and /i);
const eventName = (clause: string): string | null => /^(?:EventName|DurableId) == "([^"]+)"$/.exec(clause)?.[1] ?? null;

/** The event that a guard of several clauses asks for: "QueueDepth". Empty where it asks for none, or for nothing else. */
export function eventOf(when: string): string {
  const clauses = clausesOf(when);
  return clauses.length < 2 ? '' : shortened(clauses.map(eventName).find(name => name !== null) ?? '');
}

/** What is asked beside the event, the last of it, and how much more there is: `EventName == "QueueDepth" and toint(Attributes.depth) > 200` is
 *  "depth > 200"; an event alone is its name. */
export function shortGuard(when: string): string {
  if (isPlaceholder(when)) return 'choose an event';
  const clauses = clausesOf(when);
  const others = clauses.filter(clause => eventName(clause) === null);
  const last = others.at(-1) ?? clauses.at(-1) ?? '';
  const more = others.length > 1 ? ` +${others.length - 1}` : '';
  const plain = last.replaceAll(/\b(?:to(?:int|long|real|double|string|bool))\(([^()]*)\)/g, '$1').replaceAll(/Attributes(?:\.(\w+)|\["([^"]+)"\])/g, '$1$2');
  return `${shortened(eventName(plain) ?? plain, maxLabel - more.length)}${more}`;
}

const shortened = (plain: string, length = maxLabel): string => (plain.length > length ? `${plain.slice(0, length - 1)}…` : plain);
