// A line of a stack in `perf script`: "  address symbol+0xoffset (binary)", the leaf first. Symbols may hold spaces and parentheses; JIT
// symbols of V8 carry their source position (`node --perf-basic-prof`: "JS:*name /path/file.js:line:column").
import { address, perfHeader } from './header-line.ts';

export interface PerfFrame {
  readonly name: string;
  /** Binary or source file; null when perf does not know. */
  readonly file: string | null;
  /** Where the function begins, from V8's symbols; 0 when not told. */
  readonly line: number;
  readonly column: number;
}

const kernelFile = '[kernel.kallsyms]';
/** Code compiled at run time: what stands before the name is V8's kind of code and its tier ("o": entered within a loop). */
const v8Symbol = /^(?:JS|LazyCompile|Function|Script|Eval|Callback|Builtin|BytecodeHandler|Bytecode|RegExp|Stub|Wasm):(?:o?[~^*+]'?)?/;
/** Names such as "get size" hold spaces; a path begins as paths do. */
const pathStart = /\s(?=\/|[a-z]+:|[A-Z]:\\)/;

/** Null when the line is no frame. */
export function perfFrame(line: string): PerfFrame | null {
  const text = line.trim();
  const cut = text.search(/\s/);
  const at = cut < 0 ? text : text.slice(0, cut);
  if (!/^[0-9a-f]{1,16}$/.test(at)) return null;
  const { symbol, binary } = splitBinary(cut < 0 ? '' : text.slice(cut).trim());
  return named(at, symbol.replace(/\+0x[0-9a-f]{1,16}$/, ''), binary);
}

/** Whether the first word can be an address, so that the line may be a frame. */
export const beginsWithAddress = (line: string): boolean => address.test(line.trimStart().slice(0, 17).split(/\s/, 1)[0]!);

/** perf writes a tab before a frame. Where that was lost, it is told from the header of a process that is named like a number ("bad", "cafe"). */
export const isFrameLine = (line: string): boolean => line.startsWith('\t') || (beginsWithAddress(line) && perfHeader(line) === null);

/** The binary stands in the last parentheses, when these end the line. */
function splitBinary(text: string): { readonly symbol: string; readonly binary: string } {
  if (!text.endsWith(')')) return { symbol: text, binary: '' };
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === ')') depth++;
    else if (text[at] === '(' && --depth === 0) return { symbol: text.slice(0, at).trim(), binary: text.slice(at + 1, -1) };
  }
  return { symbol: text, binary: '' };
}

function named(at: string, symbol: string, binary: string): PerfFrame {
  const known = binary !== '' && binary !== '[unknown]' && binary !== 'inlined' && binary !== 'deleted';
  if (isKernel(at, binary)) return { name: kernelName(symbol || '[unknown]', binary), file: kernelFile, line: 0, column: 0 };
  if (symbol === '' || symbol === '[unknown]') return { name: known ? '[unknown]' : `0x${at}`, file: known ? binary : null, line: 0, column: 0 };
  return v8Symbol.test(symbol) ? v8Frame(symbol, known ? binary : null) : { name: symbol, file: known ? binary : null, line: 0, column: 0 };
}

/** The upper half of the address space is the kernel's on every architecture that perf runs on. */
const isKernel = (at: string, binary: string): boolean => binary.startsWith('[kernel') || binary.startsWith('[guest.kernel') || (at.length === 16 && at.startsWith('ffff'));

/** A module's functions keep its name. */
const kernelName = (symbol: string, binary: string): string => (binary === '' || /^\[(?:kernel|guest\.kernel|unknown)/.test(binary) ? symbol : `${symbol} ${binary}`);

function v8Frame(symbol: string, binary: string | null): PerfFrame {
  const text = symbol.replace(v8Symbol, '');
  const { position, before } = splitPosition(text);
  if (position === null) return { name: text || '(anonymous)', file: binary, line: 0, column: 0 };
  const path = before.search(pathStart);
  const cut = path >= 0 ? path : before.search(/\s/);
  const [name, file] = cut < 0 ? ['', before] : [before.slice(0, cut), before.slice(cut).trim()];
  return { name: name || '(anonymous)', file: file || binary, line: position.line, column: position.column };
}

/** "name /path/file.js:12:34" without its position. */
function splitPosition(text: string): { readonly position: { readonly line: number; readonly column: number } | null; readonly before: string } {
  const column = trailingNumber(text);
  const line = column === null ? null : trailingNumber(column.before);
  return line === null || column === null ? { position: null, before: text } : { position: { line: line.value, column: column.value }, before: line.before };
}

function trailingNumber(text: string): { readonly value: number; readonly before: string } | null {
  const colon = text.lastIndexOf(':');
  const digits = text.slice(colon + 1);
  return colon >= 0 && digits.length <= 10 && /^\d+$/.test(digits) ? { value: Number(digits), before: text.slice(0, colon) } : null;
}
