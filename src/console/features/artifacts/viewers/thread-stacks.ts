// Threads and their stacks out of what gdb writes for `thread apply all bt`; registers where `info registers` was asked for too. Pure, one pass.

export interface StackFrame { readonly level: number; readonly address: string | null; /** Without arguments. */ readonly name: string; /** "uv/src/unix/linux.c:1465", or the library; empty when gdb does not know. */ readonly place: string }
export interface Register { readonly name: string; readonly value: string }
export interface ThreadStack { /** gdb's number. */ readonly number: number; /** The kernel's thread id. */ readonly lwp: number | null; readonly name: string; readonly frames: readonly StackFrame[]; readonly registers: readonly Register[]; /** Lines that are neither, such as that more frames follow. */ readonly notes: readonly string[] }

type Writable = { -readonly [K in keyof ThreadStack]: ThreadStack[K] extends readonly (infer E)[] ? E[] : ThreadStack[K] };

const header = /^Thread (\d+) \((.*)\):\s*$/;
const frame = /^#(\d+) +(?:(0x[0-9a-f]+) in )?(.*)$/;
const register = /^([a-z][a-z0-9_]{1,11}) {2,}(0x[0-9a-f]+\b.*|\{.*)$/;

/** Threads by gdb's number. A text without any gives none. */
export function threadStacks(text: string): readonly ThreadStack[] {
  const threads: Writable[] = [];
  for (const line of text.split('\n')) {
    const begins = header.exec(line);
    if (begins !== null) { threads.push(threadOf(begins)); continue; }
    const thread = threads.at(-1);
    if (thread !== undefined && line.trim() !== '') take(thread, line);
  }
  return threads.sort((a, b) => a.number - b.number);
}

const threadOf = ([, number = '0', what = '']: RegExpExecArray): Writable => ({ number: Number(number), lwp: Number(/LWP (\d+)/.exec(what)?.[1] ?? 0) || null, name: /"([^"]*)"/.exec(what)?.[1] ?? '', frames: [], registers: [], notes: [] });

function take(thread: Writable, line: string): void {
  const found = frame.exec(line);
  if (found !== null) { thread.frames.push(frameOf(found)); return; }
  const value = register.exec(line);
  if (value !== null) thread.registers.push({ name: value[1] ?? '', value: (value[2] ?? '').trim() });
  else thread.notes.push(line.trim());
}

function frameOf([, level = '0', address, rest = '']: RegExpExecArray): StackFrame {
  const at = Math.max(rest.lastIndexOf(' at '), rest.lastIndexOf(' from '));
  const what = at < 0 ? rest : rest.slice(0, at);
  return { level: Number(level), address: address ?? null, name: what.replace(/ \(\.{3}\)$| \(\)$/, '').trim(), place: at < 0 ? '' : rest.slice(at).replace(/^ (at|from) /, '') };
}

export interface ThreadGroup { readonly threads: readonly ThreadStack[]; readonly frames: readonly StackFrame[] }

/** Threads of one name with the same functions at the same places on their stacks are one group, whatever their addresses and registers; the first thread's group comes first. */
export function alikeThreads(threads: readonly ThreadStack[]): readonly ThreadGroup[] {
  const groups = new Map<string, ThreadStack[]>();
  for (const thread of threads) {
    const key = [thread.name, ...thread.frames.map(({ name, place }) => `${name} ${place}`)].join('\n');
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [thread]); else own.push(thread);
  }
  return [...groups.values()].map(own => ({ threads: own, frames: own[0]?.frames ?? [] }));
}

/** The registers that say where a thread was and with what stack; all others are behind them. */
export const mainRegisters: ReadonlySet<string> = new Set(['rip', 'rsp', 'rbp', 'rax', 'rdi', 'rsi', 'rdx', 'rcx', 'eflags', 'pc', 'sp', 'lr', 'x0', 'x1', 'x29', 'x30', 'cpsr']);
