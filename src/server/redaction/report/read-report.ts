// What an agent reports of redaction, taken apart with suspicion: an agent may be broken or hostile, and the audit must not
// become the second leak. Names are cut and looked through for secrets once more; numbers must be counts. What is refused is counted.
import { z } from 'zod';
import { coverageCell, redactionCell, redactionReport, residualCell, type CoverageCell, type RedactionCell, type RedactionReport, type ResidualCell } from '../../../model/index.ts';
import { maxCellFingerprints, maxCells, maxLength, maxReportServices } from '../bounds.ts';

export interface TakenReport {
  readonly fromUnixMs: number; readonly toUnixMs: number; readonly period: string;
  readonly cells: readonly RedactionCell[]; readonly residual: readonly ResidualCell[]; readonly coverage: readonly CoverageCell[];
  readonly overflow: RedactionReport['overflow']; readonly scanned: RedactionReport['scanned'];
  /** Cells and fingerprints that were not taken. */
  readonly refused: number;
}

/** Hides what a text should not hold. */
export type Clean = (text: string) => string;

const count = z.number().int().nonnegative().max(1e9);
const bytes = z.number().nonnegative().max(1e12);
const time = z.number().nonnegative().max(8e15);
const envelope = redactionReport.extend({
  fromUnixMs: time, toUnixMs: time, period: z.string().max(64), cells: z.array(z.unknown()), residual: z.array(z.unknown()), coverage: z.array(z.unknown()),
  overflow: z.object({ findings: count, residual: count, services: count, fingerprints: count }),
  scanned: z.object({ bytes, ofBytes: bytes, records: count, ofRecords: count, full: z.boolean() }),
});
const detector = z.string().regex(/^[a-z0-9*][a-z0-9-]{0,62}$/);
const counts = { count, records: count, firstUnixMs: time, lastUnixMs: time, detector };
const cell = redactionCell.extend({ ...counts, rule: z.object({ id: z.string().min(1).max(maxLength.rule), name: z.string().max(maxLength.rule), version: z.number().int().positive().max(1e6) }), fingerprints: z.array(z.unknown()) });
const residual = residualCell.extend(counts);
const coverage = coverageCell.extend({ bytes, coveredBytes: bytes, records: count, coveredRecords: count });
const fingerprint = /^[0-9a-f]{16}$/;

/** Null when it is no report at all. */
export function readReport(content: unknown, clean: Clean): TakenReport | null {
  const outer = envelope.safeParse(content);
  if (!outer.success) return null;
  const cells = bounded(outer.data.cells, cell, maxCells);
  const leaks = bounded(outer.data.residual, residual, maxCells);
  const flows = bounded(outer.data.coverage, coverage, maxReportServices);
  const prints = cells.taken.map((one) => one.fingerprints.filter((value): value is string => typeof value === 'string' && fingerprint.test(value)).slice(0, maxCellFingerprints));
  const lost = cells.taken.reduce((sum, one, i) => sum + one.fingerprints.length - (prints[i]?.length ?? 0), 0);
  return {
    ...outer.data,
    cells: cells.taken.map((one, i) => ({ ...named(one, clean), rule: { ...one.rule, name: clean(one.rule.name) }, fingerprints: prints[i] ?? [], moreDistinct: one.moreDistinct || (prints[i]?.length ?? 0) < one.fingerprints.length })),
    residual: leaks.taken.map((one) => ({ ...named(one, clean), exporter: clean(cut(one.exporter, maxLength.exporter)) })),
    coverage: flows.taken.map((one) => ({ ...one, service: clean(cut(one.service, maxLength.service)) })),
    refused: cells.refused + leaks.refused + flows.refused + lost,
  };
}

function bounded<T>(list: readonly unknown[], schema: z.ZodType<T>, most: number): { readonly taken: readonly T[]; readonly refused: number } {
  const taken = list.slice(0, most).flatMap((one) => { const parsed = schema.safeParse(one); return parsed.success ? [parsed.data] : []; });
  return { taken, refused: list.length - taken.length };
}

type Named = Pick<ResidualCell, 'service' | 'durableId' | 'source' | 'key' | 'context'>;

const named = <T extends Named>(one: T, clean: Clean): T => ({
  ...one, service: clean(cut(one.service, maxLength.service)), durableId: clean(cut(one.durableId, maxLength.durableId)), source: clean(cut(one.source, maxLength.source)),
  key: clean(cut(one.key, maxLength.key)), context: clean(cut(one.context, maxLength.context)),
});

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`);
