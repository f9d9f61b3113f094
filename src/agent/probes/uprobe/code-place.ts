// From the name of a function to the byte in the file where the probe sits. A breakpoint inside an instruction would end the target, so
// anything but the first byte of a function is checked by disassembling it (objdump, binutils).
import { failure, ok, type Failure, type Result } from '../../../base/index.ts';
import type { UprobeSpec } from '../../../model/index.ts';
import type { Tools } from '../../actions/tools/index.ts';
import type { CodePoint } from '../contract.ts';
import type { Binary } from './binary.ts';
import { demangled, functionsOf, mayHold, mostDemangled, NearestNames, type FunctionSymbol } from './elf/index.ts';

export interface CodePlace { readonly fileOffset: number; readonly address: bigint; readonly symbol: FunctionSymbol; readonly code: CodePoint }

/** Errors: `probe.no-symbol`, `probe.ambiguous-symbol`, `probe.bad-offset`, `probe.crashes`. */
export async function placeOf(binary: Binary, spec: UprobeSpec, tools: Tools, signal: AbortSignal): Promise<Result<CodePlace>> {
  if (spec.returns && binary.elf.isGo) return failure('probe.crashes', `${binary.shown} is a Go program. A probe on return would crash it: Go moves its stacks, and finds a return address there that it does not know.`, 'Use a probe on entry, without $retval.');
  if (spec.returns && spec.offset > 0) return failure('probe.bad-offset', 'A probe on return belongs to the whole function: it has no offset.', 'Leave the offset away, or the return.');
  const symbol = await symbolOf(binary, spec.symbol, tools, signal);
  if (!symbol.ok) return symbol;
  const checked = spec.offset === 0 ? ok(undefined) : await checkBoundary(binary, symbol.value, spec.offset, tools, signal);
  if (!checked.ok) return checked;
  const address = symbol.value.address + BigInt(spec.offset);
  return ok({ fileOffset: symbol.value.fileOffset + spec.offset, address, symbol: symbol.value, code: await codeAt(binary, address, spec.symbol, tools, signal) });
}

/** As the symbol table has it, or as c++filt shows it. */
async function symbolOf(binary: Binary, wanted: string, tools: Tools, signal: AbortSignal): Promise<Result<FunctionSymbol>> {
  const [exact, candidates]: [FunctionSymbol[], FunctionSymbol[]] = [[], []];
  for await (const symbol of functionsOf(binary.elf)) {
    if (symbol.name === wanted) exact.push(symbol);
    else if (candidates.length < mostDemangled && /^_?_[ZR]/.test(symbol.name) && mayHold(symbol.name, wanted)) candidates.push(symbol);
  }
  const shown = exact.length > 0 ? [] : await demangled(tools, candidates.map(({ name }) => name), signal);
  const found = exact.length > 0 ? exact : candidates.filter((_, index) => isShownAs(shown[index] ?? '', wanted));
  return found.length === 0 ? noSymbol(binary, wanted, await nearestIn(binary, wanted)) : theOnly(binary, wanted, found);
}

const isShownAs = (shown: string, wanted: string): boolean => shown === wanted || shown.startsWith(`${wanted}(`);

function theOnly(binary: Binary, wanted: string, found: readonly FunctionSymbol[]): Result<FunctionSymbol> {
  const global = found.filter(({ isGlobal }) => isGlobal);
  const different = new Map((global.length > 0 ? global : found).map((symbol) => [symbol.address, symbol]));
  const [first] = different.values();
  if (different.size > 1) return failure('probe.ambiguous-symbol', `${binary.shown} has ${different.size} functions called ${wanted}.`, `Name one as its symbol table does: ${[...new Set([...different.values()].map(({ name }) => name))].slice(0, 5).join(', ')}; of static functions with one name none can be chosen.`);
  return first === undefined ? noSymbol(binary, wanted, []) : ok(first);
}

/** Of so many functions from the beginning. */
const mostCompared = 200_000;

async function nearestIn(binary: Binary, wanted: string): Promise<readonly string[]> {
  const near = new NearestNames(wanted);
  let compared = 0;
  for await (const { name } of functionsOf(binary.elf, 500)) {
    if (++compared > mostCompared) break;
    near.offer(name);
  }
  return near.names;
}

function noSymbol(binary: Binary, wanted: string, near: readonly string[]): Result<never> {
  const stripped = binary.elf.isStripped ? ` ${strippedWords(binary.shown)}` : '';
  return failure('probe.no-symbol', `${binary.shown} has no function ${wanted}.${stripped}`, near.length > 0 ? `The nearest names are: ${near.join(', ')}.` : 'Search its functions (probe symbols); what the compiler inlined everywhere is none any more.');
}

export const strippedWords = (shown: string): string => `${shown} is stripped: only functions that it exports to others have names. Use a build that was not stripped for the others.`;

async function checkBoundary(binary: Binary, symbol: FunctionSymbol, offset: number, tools: Tools, signal: AbortSignal): Promise<Result<void>> {
  if (offset >= symbol.size) return badOffset(`${symbol.name} has ${symbol.size} bytes; ${offset} is behind its end.`);
  const [from, at] = [symbol.address, symbol.address + BigInt(offset)];
  const ended = await tools.run('objdump', ['-d', '--no-show-raw-insn', `--start-address=0x${from.toString(16)}`, `--stop-address=0x${(from + BigInt(symbol.size)).toString(16)}`, binary.forTools], { signal, timeoutMs: 15_000, maxBytes: 4 * 1024 * 1024 });
  if (!ended.ok) return ended;
  const starts = [...ended.value.stdout.matchAll(/^\s*([0-9a-f]+):\t\s*(\S+)/gm)].filter(([, , what]) => what !== '(bad)').map(([, address]) => BigInt(`0x${address}`));
  if (starts.includes(at)) return ok(undefined);
  const before = starts.findLast((start) => start < at);
  const after = starts.find((start) => start > at);
  const near = [before, after].filter((start) => start !== undefined).map((start) => Number(start - from));
  return badOffset(`Byte ${offset} of ${symbol.name} is inside an instruction: a probe there would end the process.`, near.length === 0 ? undefined : `The nearest instructions begin at ${near.join(' and ')}.`);
}

const badOffset = (message: string, help = 'Use offset 0, the beginning of the function.'): Result<never, Failure> => failure('probe.bad-offset', message, help);

/** The line of code by addr2line (binutils) where debug information says it. */
async function codeAt(binary: Binary, address: bigint, symbol: string, tools: Tools, signal: AbortSignal): Promise<CodePoint> {
  const unknown: CodePoint = { file: binary.shown, line: null, function: symbol };
  if (!binary.elf.hasDebugInfo) return unknown;
  const ended = await tools.run('addr2line', ['-e', binary.forTools, `0x${address.toString(16)}`], { signal, timeoutMs: 15_000, maxBytes: 16_384 });
  const place = ended.ok ? /^(.+):(\d+)/.exec(ended.value.stdout) : null;
  return place === null || place[1] === '??' || place[2] === '0' ? unknown : { file: place[1] ?? '', line: Number(place[2]), function: symbol };
}

export const inWords = (binary: Binary, { symbol, fileOffset, address, code }: CodePlace, offset: number): string =>
  `${symbol.name}${offset > 0 ? `+${offset}` : ''} in ${binary.shown} (address 0x${address.toString(16)}, byte 0x${fileOffset.toString(16)} of the file${code.line === null ? '' : `, ${code.file}:${code.line}`})`;
