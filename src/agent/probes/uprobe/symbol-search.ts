// What can be probed in a binary, or in a process and its libraries: functions whose name holds a text, with parameters and places where debug
// information tells them, and the places that the program's author marked (USDT). Bounded: more is counted.
import { failure, ok, type Result } from '../../../base/index.ts';
import type { ActionProblem, AgentProcess, BinarySymbols } from '../../../model/index.ts';
import type { Tools } from '../../actions/tools/index.ts';
import type { Proc } from '../../processes/index.ts';
import { binariesOf, openBinary, type Binary } from './binary.ts';
import { strippedWords } from './code-place.ts';
import { demangled, functionsOf, mayHold, mostDemangled, usdtPlaces, type FunctionSymbol } from './elf/index.ts';
import { parametersOf } from './parameters.ts';

export interface SearchAsk { readonly binary: string | null; readonly process: AgentProcess | null; readonly text: string; readonly signal: AbortSignal }

const [mostBinaries, mostSymbols, mostUsdt] = [64, 100, 200];
type Found = Pick<BinarySymbols, 'symbols' | 'usdt' | 'more'> & { readonly isStripped: boolean };

/** Never fails: what stands in the way is its `problem`. */
export async function searchSymbols(ports: { readonly tools: Tools; readonly proc: Proc }, ask: SearchAsk): Promise<BinarySymbols> {
  const none: BinarySymbols = { binaries: [], symbols: [], usdt: [], more: 0, problem: null };
  const paths = await pathsOf(ports.proc, ask);
  if (!paths.ok) return { ...none, problem: paths.error };
  const searched = paths.value.slice(0, mostBinaries);
  const [symbols, usdt, problems]: [BinarySymbols['symbols'], BinarySymbols['usdt'], ActionProblem[]] = [[], [], []];
  let more = 0;
  for (const path of ask.text.trim() === '' && searched.length > 1 ? searched.slice(0, 1) : searched) {
    const found = await searchOne(ports, path, ask, mostSymbols - symbols.length);
    if (!found.ok) { problems.push(found.error); continue; }
    symbols.push(...found.value.symbols);
    usdt.push(...found.value.usdt.slice(0, mostUsdt - usdt.length));
    more += found.value.more;
    if (found.value.isStripped && path === searched[0]) problems.push({ code: 'probe.stripped', message: strippedWords(path) });
  }
  return { binaries: paths.value, symbols, usdt, more, problem: problems[0] ?? null };
}

async function pathsOf(proc: Proc, { binary, process }: SearchAsk): Promise<Result<string[]>> {
  if (binary !== null) return ok([binary]);
  return process === null ? failure('probe.no-binary', 'Nothing says where to search.', 'Name a binary or choose a process.') : binariesOf(proc, process.pid);
}

async function searchOne({ tools, proc }: { readonly tools: Tools; readonly proc: Proc }, path: string, ask: SearchAsk, most: number): Promise<Result<Found>> {
  const binary = await openBinary(proc, path, ask.process?.pid ?? null);
  if (!binary.ok) return binary;
  try {
    const { chosen, more } = await matching(binary.value, ask, tools, Math.max(0, most));
    const text = ask.text.trim().toLowerCase();
    const usdt = (await usdtPlaces(binary.value.elf)).filter(({ provider, name }) => `${provider}:${name}`.toLowerCase().includes(text));
    return ok({ symbols: await described(binary.value, chosen, tools, ask.signal), usdt: oncePerName(path, usdt), more, isStripped: binary.value.elf.isStripped });
  } finally {
    await binary.value.close();
  }
}

function oncePerName(binary: string, places: readonly { readonly provider: string; readonly name: string }[]): BinarySymbols['usdt'] {
  return [...new Map(places.map(({ provider, name }) => [`${provider}:${name}`, { binary, provider, name }])).values()];
}

type Named = FunctionSymbol & { readonly shown: string };

/** Names are compared as they are and, where they are mangled, as c++filt shows them; those that begin with the text come first. */
async function matching(binary: Binary, { text, signal }: SearchAsk, tools: Tools, most: number): Promise<{ chosen: Named[]; more: number }> {
  const wanted = text.trim().toLowerCase();
  const candidates: FunctionSymbol[] = [];
  let more = 0;
  for await (const symbol of functionsOf(binary.elf)) {
    if (!symbol.name.toLowerCase().includes(wanted) && !mayHold(symbol.name, wanted)) continue;
    if (candidates.length < mostDemangled) candidates.push(symbol); else more++;
  }
  const shown = await demangled(tools, candidates.map(({ name }) => name), signal);
  const named = candidates.map((symbol, index) => ({ ...symbol, shown: shown[index] ?? symbol.name })).filter((symbol) => symbol.name.toLowerCase().includes(wanted) || symbol.shown.toLowerCase().includes(wanted));
  const sorted = named.toSorted((a, b) => rank(a, wanted) - rank(b, wanted) || a.shown.length - b.shown.length);
  return { chosen: sorted.slice(0, most), more: more + Math.max(0, sorted.length - most) };
}

const rank = ({ name, shown }: Named, wanted: string): number => (name.toLowerCase() === wanted ? 0 : name.toLowerCase().startsWith(wanted) || shown.toLowerCase().startsWith(wanted) ? 1 : 2);

async function described(binary: Binary, chosen: readonly Named[], tools: Tools, signal: AbortSignal): Promise<BinarySymbols['symbols']> {
  const told = await parametersOf(binary, chosen.map(({ address }) => address), tools, signal);
  return chosen.map(({ name, shown, address, size }) => {
    const about = told.get(address);
    return { binary: binary.shown, name, shown, address: `0x${address.toString(16)}`, size, parameters: about === undefined ? null : [...about.parameters], place: about?.place ?? null };
  });
}
