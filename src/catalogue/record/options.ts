// What a catalogue is given.
import type { EventSource, Signal } from '../../model/index.ts';
import type { Scanner } from '../../redaction/index.ts';
import type { SeenField } from './field-table.ts';

/** What the miner knows of a template, by the number that `RequestView.templates` gives it. */
export interface TemplateTexts { describe(ordinal: number): { readonly id: string; readonly template: string; readonly aliases: readonly string[] } }

export interface CatalogueOptions {
  /** When the agent began: totals count from here. */
  readonly startedUnixMs: number;
  /** Texts of mined templates; without, their events have an id only. */
  readonly templates?: TemplateTexts;
  /** Detectors that judge examples and keys; all of ours when left out. */
  readonly scanner?: Scanner;
  /** Makes a name fit to be told: names come from data. Asked when a name is first seen, and by `cleanAgain`. */
  readonly clean?: (text: string, service: string, source: EventSource | 'service', signal: Signal) => string;
  /** Whether a value of a field is hidden by the rules that are deployed. */
  readonly hides?: (value: string, field: Pick<SeenField, 'place' | 'key'>, service: string, signal: Signal) => boolean;
  readonly maxEvents?: number;
  readonly maxFields?: number;
  /** Of memory, by honest estimate. */
  readonly maxBytes?: number;
}

export const defaultMaxBytes = 96 * 2 ** 20;
