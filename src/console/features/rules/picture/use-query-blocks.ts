// The blocks of a text as the language service in its worker reads them. While it thinks, the last answer stands; the newest text wins. A
// service that failed is asked again, for it starts anew by itself.
import { useEffect, useRef, useState } from 'react';
import { useEditorServices } from '../../../editor/index.ts';
import type { KqlMode } from '../../../workers/kql/index.ts';
import type { QueryReading } from './types.ts';

const againMs = 2000;
const nothing: QueryReading = { text: '', blocks: [], good: null, failure: null };

export function useQueryBlocks(text: string, mode: KqlMode): QueryReading {
  const services = useEditorServices();
  const [reading, setReading] = useState(nothing);
  const newest = useRef(0);
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    const mine = ++newest.current;
    const settle = (change: (before: QueryReading) => QueryReading): void => { if (mine === newest.current) setReading(change); };
    let again: ReturnType<typeof setTimeout> | undefined;
    services.kql().blocks(text, mode).then(
      (blocks) => settle(({ good }) => ({ text, blocks, good: blocks === null ? good : { text, blocks }, failure: null })),
      (cause: unknown) => {
        settle((before) => ({ ...before, failure: cause instanceof Error ? cause.message : String(cause) }));
        if (mine === newest.current) again = setTimeout(() => setFailures((count) => count + 1), againMs);
      },
    );
    return () => clearTimeout(again);
  }, [services, text, mode, failures]);
  return reading;
}
