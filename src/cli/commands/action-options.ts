// Options of `weir action …` as typed, and the request that they mean: durations such as 5s, sizes such as 10MiB.
import type { ActionName, ActionRequest } from '../../model/index.ts';
import { CommandFailure } from '../failure.ts';

export interface ActionOptions {
  readonly out: string; readonly pid?: string; readonly match?: string; readonly service?: string; readonly force?: boolean;
  readonly duration?: string; readonly hertz?: string; readonly means?: string; readonly callGraph?: string; readonly interval?: string; readonly maxPause?: string; readonly maxBytes?: string;
  readonly filter?: string; readonly interface?: string; readonly snapLength?: string; readonly maxPackets?: string; readonly file?: readonly string[]; readonly command?: string; readonly runtime?: boolean;
}

export const requestOf = (action: ActionName, options: ActionOptions): Pick<ActionRequest, 'action' | 'target' | 'parameters' | 'force'> =>
  ({ action, target: targetOf(options), parameters: parametersOf(options), force: options.force === true });

function targetOf({ pid, match, service }: ActionOptions): ActionRequest['target'] {
  if (pid === undefined && match === undefined && service === undefined) return null;
  return { ...(pid === undefined ? {} : { pid: whole('--pid', pid) }), ...(match === undefined ? {} : { match }), ...(service === undefined ? {} : { service }) };
}

/** Only what was typed: the rest has its default in the action. */
function parametersOf(options: ActionOptions): Record<string, unknown> {
  const { duration, hertz, interval, maxPause, maxBytes, snapLength, maxPackets, file, means, callGraph, filter, command } = options;
  const read = {
    durationMs: duration === undefined ? undefined : milliseconds('--duration', duration), hertz: hertz === undefined ? undefined : whole('--hertz', hertz), means, callGraph,
    intervalBytes: interval === undefined ? undefined : bytes('--interval', interval), maxPauseMs: maxPause === undefined ? undefined : milliseconds('--max-pause', maxPause),
    maxBytes: maxBytes === undefined ? undefined : bytes('--max-bytes', maxBytes), filter, interface: options.interface, command, runtime: options.runtime,
    snapLength: snapLength === undefined ? undefined : whole('--snap-length', snapLength), maxPackets: maxPackets === undefined ? undefined : whole('--max-packets', maxPackets), files: file,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

function milliseconds(option: string, text: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  if (number === undefined || unit === undefined) throw bad(option, text, 'a duration such as 500ms, 5s or 2m');
  return Math.round(Number(number) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit as 'ms' | 's' | 'm' | 'h']);
}

function bytes(option: string, text: string): number {
  const [, number, unit = 'B'] = /^(\d+(?:\.\d+)?)(B|KiB|MiB|GiB)?$/.exec(text) ?? [];
  if (number === undefined) throw bad(option, text, 'a size such as 32KiB, 64MiB or 2GiB');
  return Math.round(Number(number) * { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 }[unit as 'B' | 'KiB' | 'MiB' | 'GiB']);
}

function whole(option: string, text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw bad(option, text, 'a whole number');
  return Number(text);
}

const bad = (option: string, text: string, wanted: string): CommandFailure => new CommandFailure({ code: 'cli.bad-option', message: `${option} "${text}" is not ${wanted}.` });
