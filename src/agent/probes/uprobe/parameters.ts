// Parameters of functions from debug information (DWARF), read by gdb without running anything, and the fetch arguments that read them at the
// function's first instruction. Format: System V ABI for x86-64, procedure call standard for arm64: integers and pointers in registers, in order.
import type { Tools } from '../../actions/tools/index.ts';
import type { Binary } from './binary.ts';
import type { Machine } from './elf/index.ts';

export interface Parameter { readonly name: string; readonly type: string; readonly argument: string | null }
/** What a register holds by the function's declaration: its C type, and how the kernel is to read it; null: not with what the kernel can fetch. */
export interface Typed { readonly type: string; readonly fetchType: string | null }
export interface Described {
  readonly parameters: readonly Parameter[]; /** `file:line` */ readonly place: string | null;
  /** Null: nobody says. */
  readonly returns: Typed | null;
  /** At the function's first byte, by register. */
  readonly registers: ReadonlyMap<string, Typed>;
}

/** What gdb tells of one parameter; `kind`: i integer, u unsigned, p pointer, t text, f floating point, v nothing, a anything else (passed in ways of its own). */
interface Told { readonly name: string; readonly type: string; readonly kind: string; readonly bytes: number }
interface ToldFunction { readonly address: string; readonly place: string | null; readonly returnsInMemory: boolean; readonly returns: Omit<Told, 'name'>; readonly parameters: readonly Told[] }

/** Asks gdb for those at the addresses it is given, and prints one JSON line each. */
const script = `
import gdb, json
def kind(t):
    t = t.strip_typedefs()
    if t.code in (gdb.TYPE_CODE_REF, getattr(gdb, 'TYPE_CODE_RVALUE_REF', gdb.TYPE_CODE_REF)): return 'p'
    if t.code == gdb.TYPE_CODE_PTR:
        to = t.target().strip_typedefs().unqualified()
        return 't' if to.sizeof == 1 and to.code == gdb.TYPE_CODE_INT and 'char' in str(to) else 'p'
    if t.code in (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_ENUM, gdb.TYPE_CODE_CHAR, gdb.TYPE_CODE_BOOL):
        signed = getattr(t, 'is_signed', not str(t).startswith('unsigned')) if t.code in (gdb.TYPE_CODE_INT, gdb.TYPE_CODE_ENUM) else False
        return 'i' if signed else 'u'
    if t.code == gdb.TYPE_CODE_VOID: return 'v'
    return 'f' if t.code == gdb.TYPE_CODE_FLT else 'a'
def told(address):
    block = gdb.block_for_pc(address)
    while block is not None and block.function is None: block = block.superblock
    if block is None: return
    given = block.function.type.target()
    back = given.strip_typedefs()
    memory = back.code in (gdb.TYPE_CODE_STRUCT, gdb.TYPE_CODE_UNION) and back.sizeof > 16
    rows = [{'name': s.name or '', 'type': str(s.type), 'kind': kind(s.type), 'bytes': s.type.strip_typedefs().sizeof} for s in block if s.is_argument]
    print(json.dumps({'address': hex(address), 'place': '%s:%d' % (block.function.symtab.filename, block.function.line) if block.function.symtab else None, 'returnsInMemory': memory, 'returns': {'type': str(given), 'kind': kind(given), 'bytes': back.sizeof}, 'parameters': rows}))
`;
const scriptLines = (addresses: readonly bigint[]): string => [script, ...addresses.flatMap((address) => ['try:', `    told(0x${address.toString(16)})`, 'except Exception: pass'])].join('\n');

const mostFunctions = 40;

/** By address; without gdb or debug information none. Says nothing of Go, which passes arguments in its own way. */
export async function parametersOf(binary: Binary, addresses: readonly bigint[], tools: Tools, signal: AbortSignal): Promise<ReadonlyMap<bigint, Described>> {
  if (addresses.length === 0 || !binary.elf.hasDebugInfo || binary.elf.isGo) return new Map();
  const asked = scriptLines(addresses.slice(0, mostFunctions));
  const ended = await tools.run('gdb', ['-batch', '-nx', '-iex', 'set auto-load no', '-iex', 'set debuginfod enabled off', '-ex', `python exec(${JSON.stringify(asked)})`, binary.forTools], { signal, timeoutMs: 20_000, maxBytes: 1024 * 1024, env: { DEBUGINFOD_URLS: '' } });
  const lines = ended.ok ? ended.value.stdout.split('\n').filter((line) => line.startsWith('{"address"')) : [];
  return new Map(lines.map(parsed).filter((told) => told !== null).map((told) => [BigInt(told.address), describedBy(told, binary.elf.machine)]));
}

function describedBy(told: ToldFunction, machine: Machine): Described {
  const parameters = fetched(told, machine);
  const registers = new Map(parameters.flatMap(({ argument, type }, index) => {
    const register = /%\w+/.exec(argument ?? '')?.[0];
    return register === undefined ? [] : [[register, typedBy({ ...told.parameters[index]!, type }, false)] as const];
  }));
  return { place: told.place, parameters, returns: typedBy(told.returns, told.returnsInMemory), registers };
}

/** Of a large result the register has the address. What lies in a register of floating point, or in two, the kernel does not fetch. */
export function typedBy({ type, kind, bytes }: Omit<Told, 'name'>, inMemory: boolean): Typed {
  const shown = type.slice(0, 200);
  if (inMemory || kind === 'p' || kind === 't') return { type: shown, fetchType: 'x64' };
  if (kind !== 'i' && kind !== 'u') return { type: shown, fetchType: null };
  return { type: shown, fetchType: [1, 2, 4, 8].includes(bytes) ? `${kind === 'i' ? 's' : 'u'}${bytes * 8}` : null };
}

function parsed(line: string): ToldFunction | null {
  try { return JSON.parse(line) as ToldFunction; } catch { return null; }
}

const registers: Readonly<Record<Machine, readonly string[]>> = { 'x86-64': ['%di', '%si', '%dx', '%cx', '%r8', '%r9'], arm64: ['%x0', '%x1', '%x2', '%x3', '%x4', '%x5', '%x6', '%x7'] };

/** After a value that is passed in ways of its own nothing certain can be said. */
export function fetched({ parameters, returnsInMemory }: Pick<ToldFunction, 'parameters' | 'returnsInMemory'>, machine: Machine): Parameter[] {
  const free = [...registers[machine]];
  // Where the caller wants a large result to be put: x86-64 has it in the first register, arm64 in one apart.
  if (returnsInMemory && machine === 'x86-64') free.shift();
  let isCertain = true;
  return parameters.map(({ name, type, kind, bytes }) => {
    isCertain &&= kind !== 'a' && bytes <= 8 || kind === 'f';
    const register = isCertain && kind !== 'f' ? free.shift() : undefined;
    const safe = /^[A-Za-z_]\w{0,30}$/.test(name) ? name : 'value';
    return { name, type: type.slice(0, 200), argument: register === undefined ? null : `${safe}=${fetchBy(kind, bytes, register)}` };
  });
}

function fetchBy(kind: string, bytes: number, register: string): string {
  if (kind === 't') return `+0(${register}):string`;
  if (kind === 'p') return `${register}:x64`;
  return `${register}:${kind === 'i' ? 's' : 'u'}${[1, 2, 4, 8].includes(bytes) ? bytes * 8 : 64}`;
}
