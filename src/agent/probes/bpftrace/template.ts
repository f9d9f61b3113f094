// What a template of the gallery is: a program with holes that only checked values fill, and the names of what it prints.
import type { ProbeGallery } from '../../../model/index.ts';

export type GalleryRisk = ProbeGallery['templates'][number]['risk'];

/** `number`: whole, within bounds. `process`: a process name as the kernel keeps it, at most 15 characters; empty for all. */
export type Parameter =
  | { readonly name: string; readonly label: string; readonly type: 'number'; readonly least: number; readonly most: number; readonly default: number }
  | { readonly name: string; readonly label: string; readonly type: 'process'; readonly default: '' };

export interface Holes {
  number(name: string): number;
  /** `/condition/` of the given ones, the chosen process and the parameter `process`; empty when there are none. */
  where(...conditions: readonly string[]): string;
  /** Conditions alone, joined; `1` when there are none. */
  wanted(): string;
  /** Path of the C library, checked. */
  readonly libc: string;
  readonly waitingCalls: readonly number[];
}

export interface Template {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** What it costs the machine. */
  readonly risk: GalleryRisk;
  /** What it tells of people and customers. */
  readonly privacy: GalleryRisk;
  readonly riskReason: string;
  readonly parameters: readonly Parameter[];
  /** Of what it prints after time, pid and tid. */
  readonly fields: readonly string[];
  /** Numbers with names. */
  readonly words?: Readonly<Record<string, (value: number) => string | null>>;
  /** Tracepoints that the kernel must have, as `group/name`. */
  readonly needs: readonly string[];
  /** False: what it sees belongs to the kernel, not to a process. */
  readonly byProcess: boolean;
  readonly usesLibc?: boolean;
  program(holes: Holes): string;
}

export const processParameter: Parameter = { name: 'process', label: 'Process name, empty for all', type: 'process', default: '' };
export const millisecondsParameter = (label: string, initial: number, least = 1): Parameter => ({ name: 'ms', label, type: 'number', least, most: 3_600_000, default: initial });
