// Samples in which nothing ran, by how V8, samplers and kernels call that.
import { none, type Profile } from '../model.ts';

const idleNames = new Set(['(idle)', '[idle]', '<idle>', 'idle', 'swapper', 'do_idle', 'cpu_idle']);

/** By row of the stacks: 1 where its leaf does nothing. */
export function idleStacks({ stacks, frames, functions, strings }: Profile): Uint8Array {
  const idle = Uint8Array.from(functions.name, (name) => (idleNames.has(strings[name] ?? '') ? 1 : 0));
  return Uint8Array.from(stacks.frame, (frame) => idle[frames.function[frame]!]!);
}

/** A stack of none is work that nobody knows. */
export const isIdleSample = (idle: Uint8Array, stack: number): boolean => stack !== none && idle[stack] === 1;
