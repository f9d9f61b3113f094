// Fills the holes of a template. What comes from a person is a whole number within bounds, or a process name of harmless characters, and is
// checked as such: nothing else reaches the text of a program.
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { BpftraceSpec } from '../../../model/index.ts';
import { waitingCalls } from './syscalls.ts';
import type { Holes, Parameter, Template } from './template.ts';

type Values = ReadonlyMap<string, string | number>;

/** Errors: `probe.bad-parameter`. `pid`: of the chosen process. `libc`: null where none was found. */
export function filled(template: Template, parameters: BpftraceSpec['parameters'], pid: number | null, libc: string | null): Result<string> {
  const unknown = Object.keys(parameters).find((name) => !template.parameters.some((parameter) => parameter.name === name));
  if (unknown !== undefined) return bad(`${template.name} has no parameter ${unknown.slice(0, 50)}.`, `It has: ${template.parameters.map(({ name }) => name).join(', ') || 'none'}.`);
  const values = new Map<string, string | number>();
  for (const parameter of template.parameters) {
    const value = checked(parameter, parameters[parameter.name] ?? parameter.default);
    if (!value.ok) return value;
    values.set(parameter.name, value.value);
  }
  if (pid !== null && !template.byProcess) return bad(`${template.name} is of the whole machine: the kernel does not know there which process it is for.`, 'Choose no process.');
  if (template.usesLibc === true && !isPlainPath(libc ?? '')) return bad('No C library was found that this template could watch.', 'Choose a process that uses one; a program that is linked statically has none.');
  return ok(template.program(holesOf(values, pid, libc ?? '')));
}

function checked(parameter: Parameter, value: string | number): Result<string | number> {
  if (parameter.type === 'process') return isProcessName(value) ? ok(value) : bad(`"${String(value).slice(0, 50)}" is not a process name.`, 'Letters, digits, dots, dashes, underscores, slashes and colons, at most 15: as /proc/PID/comm has it.');
  const number = typeof value === 'number' ? value : /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  return Number.isInteger(number) && number >= parameter.least && number <= parameter.most ? ok(number) : bad(`${parameter.name} is a whole number from ${parameter.least} to ${parameter.most}.`, `Write for example ${parameter.default}.`);
}

const isProcessName = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9._:/-]{0,15}$/.test(value);
/** A colon would end the path in a program. */
export const isPlainPath = (path: string): boolean => /^\/[\w./+-]{1,1000}$/.test(path);

function holesOf(values: Values, pid: number | null, libc: string): Holes {
  const name = values.get('process') ?? '';
  const chosen = [...(pid === null ? [] : [`pid == ${pid}`]), ...(name === '' ? [] : [`comm == "${name}"`])];
  return {
    libc, waitingCalls, number: (parameter) => Number(values.get(parameter) ?? 0), wanted: () => chosen.join(' && ') || '1',
    where: (...conditions) => (conditions.length + chosen.length === 0 ? '' : `/${[...chosen, ...conditions].join(' && ')}/`),
  };
}

const bad = (message: string, help: string): Result<never, Failure> => failure('probe.bad-parameter', message, help);
