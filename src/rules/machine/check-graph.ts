// The graph of a state machine: what its names lead to, what can never be reached, what an action still needs.
import type { KqlDiagnostic, MachineAction, MachineDocument, MachineTransition } from '../../model/index.ts';
import { durationMs } from '../document/index.ts';
import type { RulePath } from '../types.ts';
import type { ValueProblem } from './compile-machine.ts';
import { hasEventWanted, isEventWanted } from './event-wanted.ts';

/** Errors for what cannot run, warnings for what surely was not meant. */
export function checkGraph(document: MachineDocument): readonly ValueProblem[] {
  const names = Object.keys(document.states);
  if (names.length === 0) return [problem('error', ['states'], 'machine/no-states', 'The machine has no states.', 'Add one under states, and name it as initial.')];
  return [...unknownNames(document, names), ...unreachable(document, names), ...Object.entries(document.states).flatMap(([name, state]) => [
    ...(state.on ?? []).flatMap((transition, i) => checkTransition(['states', name, 'on', i], transition)),
    ...(state.enter ?? []).flatMap((action, i) => checkAction(['states', name, 'enter', i], action)),
    ...Object.keys(state.after ?? {}).flatMap((time) => checkTimer(['states', name, 'after', time], time)),
  ])];
}

function problem(severity: KqlDiagnostic['severity'], path: RulePath, code: string, message: string, help: string, length = 0): ValueProblem {
  return { path, diagnostic: { severity, code, message, help, start: 0, end: length } };
}

/** Every place that names a state. */
function targets(document: MachineDocument): readonly { readonly path: RulePath; readonly from: string | null; readonly to: string }[] {
  return [{ path: ['initial'], from: null, to: document.initial }, ...Object.entries(document.states).flatMap(([from, state]) => [
    ...(state.on ?? []).map(({ to }, i) => ({ path: ['states', from, 'on', i, 'to'], from, to })),
    ...Object.entries(state.after ?? {}).map(([time, to]) => ({ path: ['states', from, 'after', time], from, to })),
  ])];
}

function unknownNames(document: MachineDocument, names: readonly string[]): readonly ValueProblem[] {
  const known = new Set(names);
  const wrong = targets(document).filter(({ to }) => !known.has(to)).map(({ path, to }) => problem('error', path, 'machine/unknown-state', `There is no state "${to}".`, `The states are ${names.join(', ')}.`, to.length));
  const laid = Object.keys(document.layout ?? {}).filter((name) => !known.has(name)).map((name) => problem('warning', ['layout', name], 'machine/layout-of-nothing', `The layout names "${name}", which is no state.`, 'Remove the line.'));
  return [...wrong, ...laid];
}

function unreachable(document: MachineDocument, names: readonly string[]): readonly ValueProblem[] {
  const reached = new Set([document.initial]);
  const edges = targets(document);
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { from, to } of edges) if (from !== null && reached.has(from)) reached.add(to);
  }
  return names.filter((name) => !reached.has(name)).map((name) => problem('warning', ['states', name], 'machine/unreachable', `Nothing leads to the state "${name}".`, 'Add a transition to it, or remove it.'));
}

function checkTransition(path: RulePath, transition: MachineTransition): readonly ValueProblem[] {
  return [...checkEvent([...path, 'when'], transition.when), ...checkTimes(path, transition)];
}

function checkTimer(path: RulePath, time: string): readonly ValueProblem[] {
  return durationMs(time) < 1 ? [problem('error', path, 'machine/short-timer', `${time} is too short: the state would be left before anything could happen in it.`, 'Write 1ms or more.')] : [];
}

/** A guard that nobody has filled in would wait for events without a name. */
function checkEvent(path: RulePath, when: string): readonly ValueProblem[] {
  if (isEventWanted(when)) return [problem('error', path, 'machine/no-event', 'No event is chosen yet, so this transition cannot happen.', 'Choose an event: in the picture, or between the quotation marks.', when.length)];
  return hasEventWanted(when) ? [problem('warning', path, 'machine/no-event', 'No event is chosen: only records without an event name fit.', 'Choose an event between the quotation marks, or remove that condition.', when.length)] : [];
}

function checkTimes(path: RulePath, { count = 1, within }: MachineTransition): readonly ValueProblem[] {
  if (within !== undefined && count === 1) return [problem('warning', [...path, 'within'], 'machine/within-alone', 'A time means nothing for a single match.', 'Give a count as well, or remove within.')];
  if (within === undefined && count > 1) return [problem('hint', [...path, 'count'], 'machine/count-alone', 'Without within, matches count however far apart they are.', 'Add within, for example 30s.')];
  return [];
}

/** What it is told is checked where it is compiled. */
function checkAction(path: RulePath, { action, duration, durationMs: milliseconds }: MachineAction): readonly ValueProblem[] {
  if ((action === 'cpu-sample' || action === 'packet-capture') && duration === undefined && milliseconds === undefined) return [problem('warning', path, 'machine/no-duration', `${action} has no duration, so it runs for 10 s.`, 'Add duration: 10s.')];
  return [];
}
