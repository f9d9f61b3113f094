// The attributes that live records have: told to the KQL service, so that completion offers them, and to the forms of the picture.
import { useEffect, useState } from 'react';
import type { LiveField } from '../../../../kql/index.ts';
import { useKqlClient } from '../../../editor/index.ts';
import { useTail, useTailValue } from '../services.tsx';

const soonMs = 1500;
const laterMs = 10_000;

/** Also tells the KQL service. */
export function useLiveFields(): readonly LiveField[] {
  const kql = useKqlClient();
  const fields = useSeenFields();
  useEffect(() => { if (fields.length > 0) kql.setLiveFields(fields); }, [kql, fields]);
  return fields;
}

/** Empty while nothing was seen: then it looks often, and slowly once there is something to show. Examples are masked already. */
export function useSeenFields(): readonly LiveField[] {
  const tail = useTail();
  const hasRecords = useTailValue(state => state.buffered > 0);
  const [fields, setFields] = useState<readonly LiveField[]>(none);
  useEffect(() => {
    let live = true;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const found = await tail.liveFields().catch(() => none);
      if (!live) return;
      if (found.length > 0) setFields(before => sameFields(before, found) ? before : found);
      timer = setTimeout(() => void ask(), found.length > 0 ? laterMs : soonMs);
    };
    void ask();
    return () => { live = false; clearTimeout(timer); };
  }, [tail, hasRecords]);
  return fields;
}

const none: readonly LiveField[] = [];

/** A new list of the same fields is no news to those who check texts by it. */
const sameFields = (a: readonly LiveField[], b: readonly LiveField[]): boolean => JSON.stringify(a) === JSON.stringify(b);
