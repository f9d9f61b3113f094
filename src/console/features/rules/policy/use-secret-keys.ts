// Keys under which the audit knows secrets.
import { useMemo } from 'react';
import { useRedactionSources } from '../../../api/index.ts';

const rangeSeconds = 86_400;

/** Attribute keys with findings in the last day, sorted; empty while the audit was not read. What an allow-list took out is no finding. */
export function useSecretKeys(): readonly string[] {
  const sources = useRedactionSources(rangeSeconds).data?.sources;
  return useMemo(() => [...new Set((sources ?? []).filter(({ kind, place, key, state }) => kind !== 'allow-list' && state !== 'ignored' && key !== '' && (place === 'attribute' || place === 'resource')).map(({ key }) => key))].toSorted(), [sources]);
}
