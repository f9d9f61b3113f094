// The time that the dry run's tail reaches back to.
import { useEffect, useState } from 'react';
import type { TailState } from '../../../workers/tail/index.ts';
import { useTail } from '../services.tsx';

/** First and last time in the buffer, looked up as it fills; null while it is empty. */
export function useBufferSpan({ buffered, nextId }: TailState): { readonly fromMs: number; readonly toMs: number } | null {
  const tail = useTail();
  const [span, setSpan] = useState<{ readonly fromMs: number; readonly toMs: number } | null>(null);
  const turn = Math.floor(nextId / Math.max(100, buffered / 100));
  const empty = buffered === 0;
  useEffect(() => {
    if (empty) return;
    let live = true;
    tail.histogram(60).then(({ startMs, bucketMs, counts }) => { if (live) setSpan({ fromMs: startMs, toMs: startMs + bucketMs * (counts[0]?.length ?? 60) }); }, () => undefined);
    return () => { live = false; };
  }, [tail, turn, empty]);
  return empty ? null : span;
}
