// A pattern against texts, in the worker, a moment after the last key. A late answer about an older pattern changes nothing.
import { useEffect, useState } from 'react';
import type { PatternReading } from '../../workers/redact/index.ts';
import { useRedactClient } from './services.tsx';

const restMs = 150;

/** Null while nothing was asked, and while the newest answer is on its way for the first time. */
export function usePattern(pattern: string, near: readonly string[], texts: readonly string[]): { readonly reading: PatternReading | null; readonly of: string } {
  const client = useRedactClient();
  const [{ reading, of }, setRead] = useState<{ readonly reading: PatternReading | null; readonly of: string }>({ reading: null, of: '' });
  const key = JSON.stringify([pattern, near, texts]);
  useEffect(() => {
    if (pattern === '') return;
    let live = true;
    const [asked, words, over] = JSON.parse(key) as [string, readonly string[], readonly string[]];
    const timer = setTimeout(() => {
      client.match({ pattern: asked, ...(words.length > 0 && { near: [...words] }) }, over).then(
        (answer) => { if (live) setRead({ reading: answer, of: asked }); },
        (error: unknown) => { if (live) setRead({ reading: { ok: false, message: error instanceof Error ? error.message : String(error) }, of: asked }); },
      );
    }, restMs);
    return () => { live = false; clearTimeout(timer); };
  }, [client, pattern, key]);
  return pattern === '' ? { reading: null, of: '' } : { reading, of };
}
