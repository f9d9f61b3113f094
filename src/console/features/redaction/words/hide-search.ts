// The new rule that hides one source: opened in the editor, tried on the tail, and deployed there.
import type { RedactionSource } from '../../../../model/index.ts';
import { lineOf } from './source-words.ts';

const tables = { logs: 'Logs', spans: 'Spans', metrics: 'Metrics' } as const;

/** Search state of `/rules/new`. */
export function hideSearchOf(source: RedactionSource) {
  const where = source.service === '' ? [] : [`ServiceName == ${JSON.stringify(source.service)}`];
  return {
    name: `redact-${source.detector}-${slug(source.service)}`.replace(/-$/, '').slice(0, 63), description: `Hides ${source.detector} that ${lineOf(source)} writes.`,
    kql: [tables[source.signal], ...where.map(predicate => `| where ${predicate}`), `| invoke redact(${JSON.stringify(source.detector)}, "mask")`].join('\n'),
  };
}

const slug = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '');

/** A policy to begin with. */
export const newPolicySearch = { kind: 'redaction-policy' } as const;
