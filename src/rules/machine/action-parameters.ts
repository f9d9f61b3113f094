// What a document tells an action, as an action request wants it: durations in milliseconds, sizes in bytes, checked against what the
// action takes.
import type { KqlDiagnostic, MachineAction } from '../../model/index.ts';
import { machineActionParameters } from '../../model/index.ts';
import { durationMs, sizeBytes } from '../document/index.ts';
import type { RulePath } from '../types.ts';
import type { ValueProblem } from './compile-machine.ts';

/** Names of a document, and of the request. Everything else is called the same in both. */
const durations: Readonly<Record<string, string>> = { duration: 'durationMs', last: 'lastMs', maxPause: 'maxPauseMs', for: 'forMs' };
const sizes: Readonly<Record<string, string>> = { interval: 'intervalBytes', maxBytes: 'maxBytes', snapLength: 'snapLength' };
const named: Readonly<Record<string, string>> = Object.fromEntries([...Object.entries(durations), ...Object.entries(sizes)].map(([given, asked]) => [asked, given]));

const durationForm = /^\d+(\.\d+)?(ms|s|m|h|d)$/;
const sizeForm = /^\d+(\.\d+)?\s?(B|KiB|MiB|GiB)$/;

/** `parameters` are null exactly when a problem is an error. `path` is that of the action. */
export function actionParametersOf(path: RulePath, { action, as: _as, if: _if, ...given }: MachineAction): { readonly parameters: Readonly<Record<string, unknown>> | null; readonly problems: readonly ValueProblem[] } {
  const asked = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined).map(([name, value]) => asAsked(name, value)));
  const parsed = machineActionParameters[action].safeParse(asked);
  if (parsed.success) return { parameters: parsed.data, problems: [] };
  return { parameters: null, problems: parsed.error.issues.flatMap((issue) => problemsOf(path, action, issue, given)) };
}

function asAsked(name: string, value: unknown): readonly [string, unknown] {
  if (typeof value === 'string' && durations[name] !== undefined && durationForm.test(value)) return [durations[name], Math.round(durationMs(value))];
  if (typeof value === 'string' && sizes[name] !== undefined && sizeForm.test(value)) return [sizes[name], sizeBytes(value)];
  return [durations[name] ?? sizes[name] ?? name, value];
}

type Issue = { readonly code?: string | undefined; readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] };

function problemsOf(path: RulePath, action: MachineAction['action'], issue: Issue, given: Readonly<Record<string, unknown>>): readonly ValueProblem[] {
  if (issue.code === 'unrecognized_keys') return (issue.keys ?? []).map((key) => error([...path, written(key, given)], `${action} knows nothing called ${written(key, given)}.`, `It takes ${knownTo(action)}.`, given[written(key, given)]));
  const key = String(issue.path[0] ?? '');
  const name = written(key, given);
  if (!(name in given)) return [error(path, key === 'recorder' ? `${action} needs the name of a flight recorder.` : `${action} needs ${name}.`, key === 'recorder' ? 'Choose one that exists, or define one under Recorders; in the document it stands as recorder.' : `Add ${name}: ${exampleOf(name)}.`)];
  return [error([...path, name, ...issue.path.slice(1).map((part) => (typeof part === 'number' ? part : String(part)))], `This is no ${name} for ${action}: ${issue.message.replace(/^Invalid input: /, '')}.`, `Write for example ${name}: ${exampleOf(name)}.`, given[name])];
}

/** As the document calls it. */
const written = (asked: string, given: Readonly<Record<string, unknown>>): string => (asked in given ? asked : named[asked] ?? asked);
const knownTo = (action: MachineAction['action']): string => Object.keys(machineActionParameters[action].shape).map((name) => named[name] ?? name).join(', ') || 'nothing but as and if';

const examples: Readonly<Record<string, string>> = { recorder: 'NAME', duration: '10s', last: '5m', maxPause: '2s', maxBytes: '64MiB', interval: '512KiB', snapLength: '256B', files: '["/etc/app/*.yaml"]', command: '"ss -s"', name: 'checkout details', state: '"on"', for: '10m', filter: '"tcp port 8080"' };
const exampleOf = (name: string): string => examples[name] ?? 'VALUE';

const error = (path: RulePath, message: string, help: string, value?: unknown): ValueProblem =>
  ({ path, diagnostic: { severity: 'error', code: 'machine/parameter', message, help, start: 0, end: typeof value === 'string' || typeof value === 'number' ? String(value).length : 0 } satisfies KqlDiagnostic });
