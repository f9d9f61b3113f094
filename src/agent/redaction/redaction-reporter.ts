// What this agent says of its redaction, once a second when there is something to say: what rules hid, what the residual scan saw
// leave in spite of them, and how much of the traffic passed under a rule. Takes nothing out of the books while nobody listens.
import type { Clock } from '../../base/index.ts';
import type { Pipeline } from '../../engine/index.ts';
import type { RedactionReport } from '../../model/index.ts';
import type { KeyRing } from '../../redaction/index.ts';
import { unixMs } from '../ports/index.ts';
import type { ResidualWatch } from '../residual/index.ts';

export interface RedactionReporterOptions {
  readonly pipeline: Pick<Pipeline, 'takeRedactions'>;
  readonly residual: Pick<ResidualWatch, 'take' | 'second' | 'useKeys' | 'stop'>;
  readonly keys: KeyRing;
  readonly clock: Clock;
  /** False while there is no server to tell. */
  readonly canSend: () => boolean;
  readonly send: (report: RedactionReport) => void;
}

const everyMs = 1000;

export class RedactionReporter {
  readonly #options: RedactionReporterOptions;
  #timer: NodeJS.Timeout | null = null;
  #fromUnixMs: number;

  constructor(options: RedactionReporterOptions) {
    this.#options = options;
    this.#fromUnixMs = unixMs(options.clock);
  }

  start(): void {
    const { residual, keys } = this.#options;
    residual.useKeys(keys);
    this.#timer = setInterval(() => { residual.second(); this.report(); }, everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.report();
    this.#options.residual.stop();
  }

  /** Also before a new key period begins: the fingerprints in one report are all of one period. */
  report(): void {
    const { pipeline, residual, keys, clock, canSend, send } = this.#options;
    if (!canSend()) return;
    const hidden = pipeline.takeRedactions();
    const left = residual.take();
    const toUnixMs = unixMs(clock);
    const overflow = { ...hidden.overflow, residual: left.overflow };
    const isNews = hidden.cells.length > 0 || hidden.coverage.length > 0 || left.residual.length > 0 || left.scanned.ofBytes > 0 || left.scanned.records > 0 || left.scanned.full || Object.values(overflow).some((count) => count > 0);
    if (isNews) inParts({ version: 1, fromUnixMs: this.#fromUnixMs, toUnixMs, period: keys.period, cells: [...hidden.cells], residual: [...left.residual], coverage: [...hidden.coverage], overflow, scanned: left.scanned }).forEach(send);
    this.#fromUnixMs = toUnixMs;
  }
}

/** Cells in one message: what reads it should not be held up by one agent. */
const mostCells = 500;

/** The counts that are not of a cell go with the first part. */
function inParts(report: RedactionReport): RedactionReport[] {
  const { cells, residual } = report;
  const parts = Math.max(1, Math.ceil(Math.max(cells.length, residual.length) / mostCells));
  return Array.from({ length: parts }, (_, i) => ({
    ...report, ...(i > 0 && nothingElse), cells: cells.slice(i * mostCells, (i + 1) * mostCells), residual: residual.slice(i * mostCells, (i + 1) * mostCells),
  }));
}

const nothingElse = {
  coverage: [], overflow: { findings: 0, residual: 0, services: 0, fingerprints: 0 }, scanned: { bytes: 0, ofBytes: 0, records: 0, ofRecords: 0, full: false },
} satisfies Partial<RedactionReport>;
