// Joins the return of a function with its entry: same thread, and the stack pointer as it was (on x86-64 without the return address). So
// recursion, filtered entries and frames that were jumped over do not confuse it.
import type { Machine } from '../elf/index.ts';

export interface OpenCall { readonly stack: bigint; readonly time: bigint; readonly values: Record<string, unknown>; readonly isCut: boolean }

const [mostThreads, mostDeep] = [4096, 512];

export class CallPairs {
  readonly #byThread = new Map<number, OpenCall[]>();
  readonly #returnAddressBytes: bigint;
  constructor(machine: Machine) { this.#returnAddressBytes = machine === 'x86-64' ? 8n : 0n; }

  entered(thread: number, call: OpenCall): void {
    const calls = this.#byThread.get(thread) ?? [];
    // What is at or below it on the stack has left without returning.
    while ((calls.at(-1)?.stack ?? call.stack + 1n) <= call.stack) calls.pop();
    if (calls.length >= mostDeep) calls.shift();
    calls.push(call);
    if (!this.#byThread.has(thread) && this.#byThread.size >= mostThreads) this.#byThread.delete(this.#byThread.keys().next().value ?? 0);
    this.#byThread.set(thread, calls);
  }

  /** Where events are missing: a return must not find the entry of another call. */
  forget(): void { this.#byThread.clear(); }

  returned(thread: number, stack: bigint): OpenCall | null {
    const calls = this.#byThread.get(thread);
    const at = stack - this.#returnAddressBytes;
    while (calls !== undefined && (calls.at(-1)?.stack ?? at) < at) calls.pop();
    const found = calls?.at(-1)?.stack === at ? calls.pop() ?? null : null;
    if (calls?.length === 0) this.#byThread.delete(thread);
    return found;
  }
}
