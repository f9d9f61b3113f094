// The record of a target, its texts, and what the detectors see in them; all of it asked for when the dialog opens.
import { useEffect, useState } from 'react';
import { useRedactClient } from '../../../editor/redact/index.ts';
import { useTailClient } from '../services.tsx';
import { guessesOf, type Guess } from './rank.ts';
import { textsOf, within, type FieldText, type RedactTarget } from './target.ts';

export interface Looked {
  readonly status: 'looking' | 'done' | 'gone' | 'failed';
  /** Those that were pointed at; of a whole record all of them. */
  readonly texts: readonly FieldText[];
  /** Of the whole record. */
  readonly all: readonly FieldText[];
  readonly guesses: readonly Guess[];
  /** Whatever was found anywhere in the record. */
  readonly inRecord: readonly Guess[];
  readonly failure: string | null;
}
const looking: Looked = { status: 'looking', texts: [], all: [], guesses: [], inRecord: [], failure: null };

export function useGuesses({ row, field, selection }: RedactTarget): Looked {
  const tail = useTailClient();
  const redact = useRedactClient();
  const [looked, setLooked] = useState(looking);
  const [place, key] = [field?.place ?? null, field?.key ?? ''];
  useEffect(() => {
    let live = true;
    const look = async (): Promise<Looked> => {
      const record = await tail.record(row.id);
      if (record === null) return { ...looking, status: 'gone' };
      const all = textsOf(record);
      const texts = all.filter((text) => place === null || within(text, { place, key }));
      const found = await redact.scan(all.map(({ text, key: name }) => ({ text, key: name })));
      const pointed = found.filter((_, i) => texts.includes(all[i]!));
      return { status: 'done', texts, all, guesses: guessesOf(texts, pointed, selection), inRecord: guessesOf(all, found, null), failure: null };
    };
    look().catch((error: unknown): Looked => ({ ...looking, status: 'failed', failure: error instanceof Error ? error.message : String(error) })).then((next) => { if (live) setLooked(next); });
    return () => { live = false; };
  }, [tail, redact, row.id, place, key, selection]);
  return looked;
}
