// Tells the tail's worker what names mean: a filter on event("…") finds former names, and records without a name have the fleet's id.
import { useEffect } from 'react';
import { useNameBook, useTemplateBook } from '../../api/index.ts';
import { useTailClient } from './services.tsx';

export function useKnownNames(): void {
  const client = useTailClient();
  const { data: names } = useNameBook();
  const { data: templates } = useTemplateBook();
  useEffect(() => { if (names !== undefined) client.know({ names }); }, [client, names]);
  useEffect(() => { if (templates !== undefined) client.know({ templates }); }, [client, templates]);
}
