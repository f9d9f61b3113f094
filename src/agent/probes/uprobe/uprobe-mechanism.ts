// A probe on entry or return of a native function through the kernel's uprobe events: no debugger, no BPF, no change to the program.
import { ok, type Result } from '../../../base/index.ts';
import type { ProbePreview, UprobeSpec } from '../../../model/index.ts';
import { present } from '../../actions/tools/index.ts';
import type { HitSink, InsertAsk, Inserted, Leftover, ProbeMechanism } from '../contract.ts';
import { durationName, fetchText, missingReturn, readingsOf, stackFetch, undeclared, wantsTypes, type Declared, type Reading } from './arguments.ts';
import { openBinary, type Binary } from './binary.ts';
import { inWords, placeOf, type CodePlace } from './code-place.ts';
import { expectedMicroseconds, riskOf } from './cost.ts';
import { kernelProblem, putIn, removeLeftGroup, type KernelPorts } from './kernel-ports.ts';
import { parametersOf } from './parameters.ts';
import { lookAtTracefs } from './tracefs.ts';
import type { PlannedEvent } from './trace/index.ts';

type Ask = Omit<InsertAsk<'uprobe'>, 'key'>;
interface Planned { readonly binary: Binary; readonly place: CodePlace; readonly readings: readonly Reading[]; /** Where it sits, and what of it cannot be read. */ readonly words: string }

export function uprobeMechanism(ports: KernelPorts): ProbeMechanism<'uprobe'> {
  return { about: 'maybe', problem: () => kernelProblem(ports), preview: (ask) => preview(ports, ask), insert: (ask, sink, note) => insert(ports, ask, sink, note), removeLeft: (left) => removeLeftGroup(ports, left) };
}

/** The binary stays open for `use`: the kernel finds it by its descriptor. */
async function planned<T>({ proc, tools }: KernelPorts, { spec, process, signal }: Ask, use: (plan: Planned) => Promise<Result<T>>): Promise<Result<T>> {
  const valid = readingsOf(spec);
  if (!valid.ok) return valid;
  const binary = await openBinary(proc, spec.binary, process?.pid ?? null);
  if (!binary.ok) return binary;
  try {
    const place = await placeOf(binary.value, spec, tools, signal);
    if (!place.ok) return place;
    const declared = wantsTypes(spec) ? await declarationOf(binary.value, place.value, spec, tools, signal) : undeclared;
    const [readings, missing] = [readingsOf(spec, declared), missingReturn(spec, declared)];
    const words = `${inWords(binary.value, place.value, spec.offset)}${missing === '' ? '' : `; ${missing}`}`;
    return readings.ok ? await use({ binary: binary.value, place: place.value, readings: readings.value, words }) : readings;
  } finally {
    await binary.value.close();
  }
}

/** Behind the function's first byte registers may hold anything. */
async function declarationOf(binary: Binary, { symbol }: CodePlace, { offset }: UprobeSpec, tools: KernelPorts['tools'], signal: AbortSignal): Promise<Declared> {
  const told = (await parametersOf(binary, [symbol.address], tools, signal)).get(symbol.address) ?? undeclared;
  return offset === 0 ? told : undeclared;
}

async function insert(ports: KernelPorts, ask: InsertAsk<'uprobe'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>> {
  return planned(ports, ask, async ({ binary, place, readings, words }) => {
    const { key, spec, process, signal } = ask;
    const measured = measuredName(spec, readings);
    if (!measured.ok) return measured;
    return putIn(ports, {
      kind: 'uprobe', key, process, signal, machine: binary.elf.machine, events: eventsOf(readings, `${binary.forKernel}:0x${place.fileOffset.toString(16)}`), measured: measured.value,
      means: meansOf(readings), resolved: words, code: place.code, expectedCostMs: await expectedMicroseconds(ports.proc, readings) / 1000,
    }, sink, note);
  });
}

/** With both, the stack pointer joins them. */
const eventsOf = (readings: readonly Reading[], place: string): PlannedEvent[] => readings.map(({ role, fetches, filter }) => ({
  name: role, role, place, filter, fetches: readings.length > 1 ? [...fetches, stackFetch] : fetches,
}));

/** A metric is of the first argument that is named; without one, of the return value. */
function measuredName({ does }: UprobeSpec, readings: readonly Reading[]): Result<string | null> {
  if (does !== 'metric') return ok(does === 'count' ? '' : null);
  const first = readings.flatMap(({ fetches }) => fetches)[0];
  if (first !== undefined && !first.type.endsWith('string')) return ok(first.name);
  return { ok: false, error: { code: 'probe.bad-argument', message: first === undefined ? 'A metric needs an argument that is a number.' : `A metric is of the first argument, and ${first.name} is a text.`, help: 'Put a numeric argument first, for example bytes=%dx:u64, or choose records.' } };
}

const meansOf = (readings: readonly Reading[]): string => (readings.length > 1 ? 'uprobe on entry and return' : `uprobe on ${readings[0]?.role ?? 'entry'}`);

async function preview(ports: KernelPorts, ask: Ask): Promise<Omit<ProbePreview, 'processes'>> {
  const [problem, tracefs] = [await kernelProblem(ports), await lookAtTracefs(ports)];
  const plan = await planned(ports, ask, async ({ readings, words }) => {
    const measured = measuredName(ask.spec, readings);
    return Promise.resolve(measured.ok ? ok({ readings, words }) : measured);
  });
  const asked = readingsOf(ask.spec);
  const known = plan.ok ? plan.value.readings : asked.ok ? asked.value : [];
  const costUs = await expectedMicroseconds(ports.proc, known);
  return {
    means: meansOf(known), resolved: plan.ok ? plan.value.words : null, reads: known.flatMap(readWords), costUs,
    risk: riskOf(known, costUs, ask.process !== null, tracefs.ok && tracefs.value.willMount), problems: present(problem, plan.ok ? null : plan.error),
  };
}

function readWords({ role, fetches, filter }: Reading, _: number, all: readonly Reading[]): string[] {
  const joined = all.length > 1 && role === 'return' ? [`on return: ${durationName} (time since the entry, by the stack pointer)`] : [];
  return [...fetches.map((fetch) => `on ${role}: ${fetchText(fetch)}`), ...joined, ...(filter === null ? [] : [`on ${role}, only if: ${filter}`])];
}
