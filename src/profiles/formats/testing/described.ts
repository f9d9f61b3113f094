// A profile as text that a test can read: one line a sample, or the sum of each stack.
import { none, type Profile } from '../../model.ts';

/** "main;work@12" : names from the first caller on, the running line after "@" when known. */
export function pathOf({ stacks, frames, functions, strings }: Profile, stack: number): string {
  const path: string[] = [];
  for (let row = stack; row !== none; row = stacks.parent[row]!) {
    const frame = stacks.frame[row]!;
    const line = frames.line[frame]! > 0 ? `@${frames.line[frame]}` : '';
    path.push(`${strings[functions.name[frames.function[frame]!]!]}${line}`);
  }
  return path.reverse().join(';');
}

/** Sum of a weight by path; the default weight when none is named. */
export function weightByPath(profile: Profile, weight = profile.defaultWeight): Record<string, number> {
  const { values, each } = profile.weights[weight]!;
  const sums: Record<string, number> = {};
  for (let row = 0; row < profile.samples.count; row++) {
    const path = pathOf(profile, profile.samples.stack[row]!);
    sums[path] = (sums[path] ?? 0) + (values === null ? each : values[row]!);
  }
  return sums;
}

/** "thread time path weight", in the profile's order. */
export function sampleLines(profile: Profile): string[] {
  const { samples, threads, weights, defaultWeight } = profile;
  const { values, each } = weights[defaultWeight]!;
  return Array.from({ length: samples.count }, (_, row) => [
    threads[samples.thread?.[row] ?? 0]!.name, samples.time === null ? '-' : samples.time[row], pathOf(profile, samples.stack[row]!) || '(empty)', values === null ? each : values[row],
  ].join(' '));
}

/** A function's name, file, line, column and package. */
export function functionOf({ functions, strings }: Profile, name: string): Record<string, unknown> {
  const row = functions.name.findIndex((text) => strings[text] === name);
  return { file: functions.file[row] === none ? null : strings[functions.file[row]!], line: functions.line[row], column: functions.column[row], package: strings[functions.package[row]!] };
}
