// The attributes that live records have: told to the KQL service, so that completion offers them, and to the forms of the picture.
import { useEffect, useState } from 'react';
import type { LiveField } from '../../../../kql/index.ts';
import { useKqlClient } from '../../../editor/index.ts';
import { useTail, useTailValue } from '../services.tsx';

const everyMs = 10_000;

export function useLiveFields(): void {
  const kql = useKqlClient();
  const fields = useSeenFields();
  useEffect(() => { if (fields.length > 0) kql.setLiveFields(fields); }, [kql, fields]);
}

/** Empty while nothing was seen. Examples are masked already. */
export function useSeenFields(): readonly LiveField[] {
  const tail = useTail();
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [fields, setFields] = useState<readonly LiveField[]>(none);
  useEffect(() => {
    let live = true;
    const ask = () => void tail.liveFields().then(found => { if (live && found.length > 0) setFields(found); }, () => undefined);
    const soon = setTimeout(ask, 1500);
    const timer = setInterval(ask, everyMs);
    ask();
    return () => { live = false; clearTimeout(soon); clearInterval(timer); };
  }, [tail, hasRecords]);
  return fields;
}

const none: readonly LiveField[] = [];
