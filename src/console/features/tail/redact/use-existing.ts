// Deployed policies that may take the entry, read from the server; globs are judged by the redact worker.
import { useEffect, useMemo, useState } from 'react';
import type { RuleSummary } from '../../../../model/index.ts';
import { useRuleDetails } from '../../../api/index.ts';
import { useRedactClient, type SecretPlace } from '../../../editor/redact/index.ts';
import { existingPolicies, type ExistingPolicy } from './existing.ts';

const most = 20;

export function useExisting(rules: readonly RuleSummary[] | undefined, at: SecretPlace): readonly ExistingPolicy[] {
  const ids = (rules ?? []).filter(({ kind, state, mode }) => kind === 'redaction-policy' && state === 'deployed' && mode === 'live').slice(0, most).map(({ id }) => id);
  const details = useRuleDetails(ids).flatMap(({ data }) => data ?? []);
  const stamp = details.map(({ id, latestVersion }) => `${id} ${latestVersion}`).join();
  // Details are read again and again; what they say changes with their versions.
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  const known = useMemo(() => details, [stamp]);
  const globs = useMemo(() => [...new Set(known.flatMap(({ document }) => (document.kind === 'redaction-policy' ? document.entries : [])).flatMap(({ key = '', service = '' }) => [key, service]).filter((glob) => glob !== ''))], [known]);
  const fitting = useFittingGlobs(globs, at);
  return useMemo(() => fitting === null ? [] : existingPolicies(known, at, (glob, name) => fitting.has(`${glob}\n${name}`)), [known, at, fitting]);
}

/** Pairs of a glob and a name that it means. Null until the worker answered. */
function useFittingGlobs(globs: readonly string[], { key, service }: SecretPlace): ReadonlySet<string> | null {
  const client = useRedactClient();
  const [fitting, setFitting] = useState<ReadonlySet<string> | null>(null);
  useEffect(() => {
    let live = true;
    void Promise.all(globs.map(async (glob) => (await client.fitting(glob, [key, service])).map((name) => `${glob}\n${name}`))).then((pairs) => { if (live) setFitting(new Set(pairs.flat())); }, () => undefined);
    return () => { live = false; };
  }, [client, globs, key, service]);
  return fitting;
}
