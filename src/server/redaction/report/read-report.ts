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
  scanned: z.object({ bytes, ofBytes: bytes, records: count, ofRecords: count, full: z.boolean(), waiting: count.optional() }),
});
const detector = z.string().regex(/^[a-z0-9*][a-z0-9-]{0,62}$/);
const counts = { count, records: count, firstUnixMs: time, lastUnixMs: time, detector };
const cell = redactionCell.extend({ ...counts, rule: z.object({ id: z.string().min(1).max(maxLength.rule), name: z.string().max(maxLength.rule), version: z.number().int().positive().max(1e6) }), fingerprints: z.array(z.unknown()) });
const residual = residualCell.extend({ ...counts, fingerprints: z.array(z.unknown()).default([]) });
const coverage = coverageCell.extend({ bytes, coveredBytes: bytes, records: count, coveredRecords: count });
const fingerprint = /^[0-9a-f]{16}$/;

/** Null when it is no report at all. */
export function readReport(content: unknown, clean: Clean): TakenReport | null {
  const outer = envelope.safeParse(content);
  if (!outer.success) return null;
  const cells = bounded(outer.data.cells, cell, maxCells);
  const leaks = bounded(outer.data.residual, residual, maxCells);
  const flows = bounded(outer.data.coverage, coverage, maxReportServices);
  const [hidden, left] = [cells.taken.map(printsOf), leaks.taken.map(printsOf)];
  const lost = [...hidden, ...left].reduce((sum, one) => sum + one.lost, 0);
  return {
    ...outer.data,
    cells: cells.taken.map((one, i) => ({ ...named(one, clean), rule: { ...one.rule, name: clean(one.rule.name) }, ...hidden[i]!.distinct })),
    residual: leaks.taken.map((one, i) => ({ ...named(one, clean), exporter: clean(cut(one.exporter, maxLength.exporter)), ...left[i]!.distinct })),
    coverage: flows.taken.map((one) => ({ ...one, service: clean(cut(one.service, maxLength.service)) })),
    refused: cells.refused + leaks.refused + flows.refused + lost,
  };
}

interface Prints { readonly distinct: { readonly fingerprints: string[]; readonly moreDistinct: boolean }; readonly lost: number }

/** Those that are fingerprints, and no more than fit; of the others it is known that there were more. */
function printsOf({ fingerprints, moreDistinct = false }: { readonly fingerprints: readonly unknown[]; readonly moreDistinct?: boolean | undefined }): Prints {
  const taken = fingerprints.filter((value): value is string => typeof value === 'string' && fingerprint.test(value)).slice(0, maxCellFingerprints);
  const lost = fingerprints.length - taken.length;
  return { distinct: { fingerprints: taken, moreDistinct: moreDistinct || lost > 0 }, lost };
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
