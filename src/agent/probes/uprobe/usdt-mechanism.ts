// A probe at a place that the program's author marked (USDT): the note in the binary says where, where its arguments are, and which counter has
// to be raised meanwhile; the kernel does all of it.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { ProbePreview, UsdtSpec } from '../../../model/index.ts';
import { present } from '../../actions/tools/index.ts';
import type { HitSink, InsertAsk, Inserted, Leftover, ProbeMechanism } from '../contract.ts';
import { fetchText, type Fetch } from './arguments.ts';
import { openBinary, type Binary } from './binary.ts';
import { expectedMicroseconds, riskOf } from './cost.ts';
import { fetchOf, nearestOf, usdtPlaces, type UsdtPlace } from './elf/index.ts';
import { kernelProblem, putIn, removeLeftGroup, type KernelPorts } from './kernel-ports.ts';
import { lookAtTracefs } from './tracefs.ts';
import type { PlannedEvent } from './trace/index.ts';

type Ask = Omit<InsertAsk<'usdt'>, 'key'>;
interface Planned { readonly binary: Binary; readonly events: readonly PlannedEvent[]; readonly resolved: string }

/** One mark may be compiled into several places. */
const mostPlaces = 32;

export function usdtMechanism(ports: KernelPorts): ProbeMechanism<'usdt'> {
  return { about: 'maybe', problem: () => kernelProblem(ports), preview: (ask) => preview(ports, ask), insert: (ask, sink, note) => insert(ports, ask, sink, note), removeLeft: (left) => removeLeftGroup(ports, left) };
}

async function planned<T>({ proc }: KernelPorts, { spec, process }: Ask, use: (plan: Planned) => Promise<Result<T>>): Promise<Result<T>> {
  const binary = await openBinary(proc, spec.binary, process?.pid ?? null);
  if (!binary.ok) return binary;
  try {
    const places = await placesOf(binary.value, spec);
    const events = places.ok ? eventsOf(binary.value, places.value, spec) : places;
    return events.ok && places.ok ? await use({ binary: binary.value, events: events.value, resolved: inWords(binary.value, places.value) }) : events as Result<never>;
  } finally {
    await binary.value.close();
  }
}

const inWords = ({ shown }: Binary, places: readonly UsdtPlace[]): string => `${places[0]?.provider}:${places[0]?.name} in ${shown}, ${places.length === 1 ? 'one place' : `${places.length} places`} (byte ${places.map(({ fileOffset }) => `0x${fileOffset.toString(16)}`).slice(0, 4).join(', ')} of the file)`;

async function placesOf(binary: Binary, { provider, name }: UsdtSpec): Promise<Result<UsdtPlace[]>> {
  const all = await usdtPlaces(binary.elf);
  const found = all.filter((place) => place.provider === provider && place.name === name);
  if (found.length > 0 && found.length <= mostPlaces) return ok(found);
  if (found.length > 0) return failure('probe.too-many-places', `${provider}:${name} is in ${found.length} places of ${binary.shown}; at most ${mostPlaces} can be watched.`, 'Choose another mark, or a function.');
  const near = nearestOf(`${provider}:${name}`, all.map((place) => `${place.provider}:${place.name}`));
  return failure('probe.no-symbol', `${binary.shown} has no mark ${provider}:${name}.`, all.length === 0 ? 'It has none at all: it was built without them.' : `The nearest are: ${near.join(', ')}.`);
}

function eventsOf(binary: Binary, places: readonly UsdtPlace[], spec: UsdtSpec): Result<PlannedEvent[]> {
  const events: PlannedEvent[] = [];
  for (const [index, place] of places.entries()) {
    const fetches = fetchesOf(binary, place, spec.arguments);
    if (!fetches.ok) return fetches;
    const counter = place.semaphoreOffset === null ? '' : `(0x${place.semaphoreOffset.toString(16)})`;
    events.push({ name: `mark${index}`, role: 'entry', place: `${binary.forKernel}:0x${place.fileOffset.toString(16)}${counter}`, fetches: fetches.value, filter: null });
  }
  return ok(events);
}

function fetchesOf(binary: Binary, place: UsdtPlace, wanted: readonly number[]): Result<Fetch[]> {
  const fetches: Fetch[] = [];
  for (const index of new Set(wanted)) {
    const said = place.arguments[index];
    if (said === undefined) return failure('probe.bad-argument', `${place.provider}:${place.name} has ${place.arguments.length} arguments; there is no number ${index}.`, 'Arguments count from 0.');
    const fetch = fetchOf(said, binary.elf.machine);
    if (fetch === null) return failure('probe.bad-argument', `Argument ${index} of ${place.provider}:${place.name} is kept where the kernel cannot fetch it (${said}).`, 'Leave it away; the others can be read.');
    const [where, type] = fetch.split(':');
    fetches.push({ name: `arg${index}`, fetch: where ?? '', type: type ?? '' });
  }
  return ok(fetches);
}

const insert = async (ports: KernelPorts, ask: InsertAsk<'usdt'>, sink: HitSink, note: (left: Leftover) => Promise<Result<void>>): Promise<Result<Inserted>> => planned(ports, ask, async ({ binary, events, resolved }) => putIn(ports, {
  kind: 'usdt', key: ask.key, process: ask.process, signal: ask.signal, machine: binary.elf.machine, events, measured: null, means: 'USDT by uprobe', resolved,
  code: { file: binary.shown, line: null, function: null }, expectedCostMs: await expectedMicroseconds(ports.proc, []) / 1000,
}, sink, note));

async function preview(ports: KernelPorts, ask: Ask): Promise<Omit<ProbePreview, 'processes'>> {
  const [problem, tracefs, costUs] = [await kernelProblem(ports), await lookAtTracefs(ports), await expectedMicroseconds(ports.proc, [])];
  const plan = await planned(ports, ask, ({ events, resolved }) => Promise.resolve(ok({ fetches: events[0]?.fetches ?? [], resolved })));
  const fetches = plan.ok ? plan.value.fetches : [];
  return {
    means: 'USDT by uprobe', resolved: plan.ok ? plan.value.resolved : null, reads: fetches.map((fetch) => `at the mark: ${fetchText(fetch)}`), costUs,
    risk: riskOf([{ role: 'entry', fetches, filter: null }], costUs, ask.process !== null, tracefs.ok && tracefs.value.willMount), problems: present(problem, plan.ok ? null : plan.error),
  };
}
