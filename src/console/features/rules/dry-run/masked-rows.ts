// The difference of a rule that redacts, with nothing in clear: what the rule hides is taken as it becomes, and what detectors find beyond
// that is masked too. Only a click shows the records as they came.
import { useEffect, useState } from 'react';
import { bullets } from '../../../../redaction/index.ts';
import { useRedactClient, withMasks } from '../../../editor/redact/index.ts';
import type { DiffRow } from './diff-rows.ts';

const hiddenText = `${bullets} the record as it came`;

/** Each row's text as the rule leaves it; of a record that goes nothing, for what is secret in it only the rule knows. */
export function asHidden(rows: readonly DiffRow[]): readonly DiffRow[] {
  return rows.map((row) => {
    const { sample } = row;
    if (sample === null || sample.kind === 'unchanged') return row;
    return sample.after === null ? { ...row, text: hiddenText } : { ...row, text: sample.after.summary };
  });
}

/** The rows with masks, or as they are when `mask` is false. While detectors look at them, and where they fail, the texts are masked whole. */
export function useMaskedRows(rows: readonly DiffRow[], mask: boolean): readonly DiffRow[] {
  const client = useRedactClient();
  const [told, setTold] = useState<{ readonly of: readonly DiffRow[]; readonly rows: readonly DiffRow[] } | null>(null);
  useEffect(() => {
    if (!mask) return;
    let live = true;
    const hidden = asHidden(rows);
    client.scan(hidden.map(({ text }) => ({ text, key: '' }))).then(
      (found) => { if (live) setTold({ of: rows, rows: hidden.map((row, i) => ({ ...row, text: withMasks(row.text, found[i] ?? []) })) }); },
      () => undefined,
    );
    return () => { live = false; };
  }, [client, rows, mask]);
  if (!mask) return rows;
  return told !== null && told.of === rows ? told.rows : rows.map((row) => (row.sample === null ? row : { ...row, text: bullets }));
}
