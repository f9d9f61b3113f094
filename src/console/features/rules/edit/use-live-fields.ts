// Tells the KQL service which attributes live records have, so that completion offers them.
import { useEffect } from 'react';
import { useKqlClient } from '../../../editor/index.ts';
import { useTail, useTailValue } from '../services.tsx';

const everyMs = 10_000;

export function useLiveFields(): void {
  const kql = useKqlClient();
  const tail = useTail();
  const hasRecords = useTailValue(state => state.buffered > 0);
  useEffect(() => {
    let live = true;
    const tell = () => void tail.liveFields().then(fields => { if (live) kql.setLiveFields(fields); }, () => undefined);
    const soon = setTimeout(tell, 1500);
    const timer = setInterval(tell, everyMs);
    tell();
    return () => { live = false; clearTimeout(soon); clearInterval(timer); };
  }, [kql, tail, hasRecords]);
}
