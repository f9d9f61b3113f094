// What detectors find in a record that is looked at: asked of the redact worker, nothing of it is kept.
import { useEffect, useState } from 'react';
import { useRedactClient } from '../../../editor/redact/index.ts';
import type { FoundSpan } from '../../../workers/redact/index.ts';
import type { TailRecord } from '../../../workers/tail/index.ts';
import { textsOf, type FieldRef, type FieldText } from '../redact/index.ts';

export interface FieldFinding extends FieldRef { readonly detector: string; readonly confidence: number }
export interface Findings {
  /** In the text of a field, in order. */
  in(at: FieldRef, text: string): readonly FoundSpan[];
  /** One per detector and field, in order of the record. */
  readonly all: readonly FieldFinding[];
}
const nothing: readonly FoundSpan[] = [];
const none: Findings = { in: () => nothing, all: [] };

export function useFindings(record: TailRecord | null | undefined): Findings {
  const client = useRedactClient();
  const [told, setTold] = useState<{ readonly record: TailRecord; readonly findings: Findings } | null>(null);
  useEffect(() => {
    if (record === null || record === undefined) return;
    let live = true;
    const texts = textsOf(record);
    // Without an answer the record is shown as it is: it is in clear either way.
    client.scan(texts.map(({ text, key }) => ({ text, key }))).then((found) => { if (live) setTold({ record, findings: findingsOf(texts, found) }); }, () => undefined);
    return () => { live = false; };
  }, [client, record]);
  return told !== null && told.record === record ? told.findings : none;
}

/** @param found of each text, in order */
export function findingsOf(texts: readonly FieldText[], found: readonly (readonly FoundSpan[])[]): Findings {
  const byText = new Map<string, readonly FoundSpan[]>();
  const all = new Map<string, FieldFinding>();
  for (const [i, { place, key, text }] of texts.entries()) {
    const spans = found[i] ?? nothing;
    if (spans.length === 0) continue;
    byText.set(nameOf({ place, key }, text), spans);
    for (const { detector, confidence } of spans) { const name = nameOf({ place, key }, detector); if (!all.has(name)) all.set(name, { place, key, detector, confidence }); }
  }
  return { in: (at, text) => byText.get(nameOf(at, text)) ?? nothing, all: [...all.values()] };
}

const nameOf = ({ place, key }: FieldRef, text: string): string => `${place}\n${key}\n${text}`;
