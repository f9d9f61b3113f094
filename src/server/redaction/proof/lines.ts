// A proof as JSON lines and as CSV.
import type { Proof, ProofRow, ProofScan } from './proof.ts';

/** One object a line: the header, each full scan, the canary run agent by agent, each source with its agents, each count, and an end line, so that a cut file shows. */
export function* jsonLines({ header, sources, rows }: Proof): Generator<string> {
  const { fullScans, canary, ...facts } = header;
  yield line({ kind: 'header', ...facts });
  for (const scan of fullScans) yield line({ kind: 'full-scan', ...scan });
  if (canary !== null) yield line({ kind: 'canary', ...canary });
  for (const source of sources) yield line({ ...source, kind: 'source', sourceKind: source.kind });
  for (const row of rows) yield line({ kind: 'count', ...flatRow(row) });
  yield line({ kind: 'end', sources: sources.length, rows: rows.length });
}

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

const columns = ['time', 'state', 'cleanSince', 'service', 'durableId', 'source', 'signal', 'place', 'key', 'detector', 'agent', 'outcome', 'rule', 'version', 'action', 'exporter', 'findings', 'findingsAre', 'records', 'maskedContext'] as const;

export function flatRow({ t, source, agent, way, kind, count, records }: ProofRow): Readonly<Record<(typeof columns)[number], string | number>> & { readonly sourceId: string; readonly ruleId: string } {
  const byRule = way.kind === 'rule';
  const { service, durableId, signal, place, key, detector, state, cleanSince, context } = source;
  return {
    time: new Date(t).toISOString(), sourceId: source.id, state, cleanSince: cleanSince ?? '', service, durableId, source: source.source, signal, place, key, detector, agent,
    outcome: kind === 'masked' ? 'hidden' : kind === 'residual' ? 'left' : 'let pass', ruleId: way.ruleId, rule: byRule ? way.name : '', version: byRule ? way.version : '', action: byRule ? way.action : '', exporter: byRule ? '' : way.name,
    findings: count, findingsAre: kind === 'residual' && source.residualIsFloor === true ? 'at least' : 'all', records, maskedContext: context,
  };
}

/** As a person reads it, in one line. */
export const scanText = ({ from, to, by, rule, records, ofRecords, found, agents, missing = [] }: ProofScan): string =>
  `${from} to ${to}, ${records} of ${ofRecords} records scanned, ${found} found, by ${by}${rule === undefined ? '' : ` after the deployment of ${rule}`}, on ${agents.join(', ') || 'no agent'}${missing.length === 0 ? '' : `, not all of ${missing.join(', ')}`}`.replaceAll(/[\r\n]/g, ' ');

/** RFC 4180. What the table is about stands in lines with `#` before it, one fact each. */
export function* csv({ header, rows }: Proof): Generator<string> {
  const { fullScans, canary, ...facts } = header;
  for (const scan of fullScans) yield `# fullScan: ${scanText(scan)}\r\n`;
  if (canary !== null) yield `# canary: ${JSON.stringify(canary)}\r\n`;
  for (const [name, value] of Object.entries(facts)) yield `# ${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}\r\n`;
  yield `${columns.join(',')}\r\n`;
  for (const row of rows) { const cells = flatRow(row); yield `${columns.map((column) => cell(cells[column])).join(',')}\r\n`; }
  yield `# end: ${rows.length} rows\r\n`;
}

/** A name that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
