// A policy that runs has hidden its secrets before the tail gets the records: what it hid is in the audit.
import type { RedactionSource } from '../../../../model/index.ts';
import { useRedactionSources, useRules } from '../../../api/index.ts';
import { formatCount, plural } from '../../../ui/index.ts';

const rangeSeconds = 900;
const mostNamed = 3;

/** A sentence about what it hid of late; null for a policy that does not run live. */
export function useRunsAlready(ruleId: string | null): string | null {
  const rule = useRules().data?.find(({ id }) => id === ruleId);
  const sources = useRedactionSources(rangeSeconds).data?.sources;
  return ruleId === null || rule?.state !== 'deployed' || rule.mode !== 'live' ? null : hidSentence(sources ?? [], ruleId);
}

/** "In the last 15 min it hid 1,204 values: email in user.mail 1,200, jwt in body 4." Pure. */
export function hidSentence(sources: readonly Pick<RedactionSource, 'rules' | 'masked' | 'detector' | 'key' | 'place'>[], ruleId: string): string {
  const hid = sources.filter(({ rules, masked }) => masked > 0 && rules.some(({ id }) => id === ruleId)).toSorted((a, b) => b.masked - a.masked);
  if (hid.length === 0) return 'The audit knows of nothing that it hid in the last 15 min.';
  const named = hid.slice(0, mostNamed).map(({ detector, key, place, masked }) => `${detector} in ${key === '' ? place : key} ${formatCount(masked)}`).join(', ');
  return `In the last 15 min it hid ${plural(hid.reduce((sum, { masked }) => sum + masked, 0), 'value')}: ${named}${hid.length > mostNamed ? ` and ${hid.length - mostNamed} more` : ''}.`;
}
