// Tells once what happened to rules by itself while this page was open, wherever the person is. What happened before the page was
// opened is not news: the list of rules shows it.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { RuleNotice } from '../../model/index.ts';
import { useOverview } from '../api/index.ts';
import { dismissToast, toast } from '../state/index.ts';
import { newsOf, newsWords } from './rule-news.ts';

interface Told { readonly toastId: number; readonly notices: readonly RuleNotice[]; readonly atMs: number }
/** The same rule on a further agent joins the message of the first for so long. */
const sameStoryMs = 60_000;

export function useRuleNews(): void {
  const navigate = useNavigate();
  const notices = useOverview().data?.notices;
  const known = useRef<ReadonlySet<string> | null>(null);
  const told = useRef(new Map<string, Told>());
  useEffect(() => {
    if (notices === undefined) return;
    const fresh = known.current === null ? [] : notices.filter(({ id }) => !known.current!.has(id));
    // The server forgets notices after minutes, and no id comes twice: what it no longer names need not be kept.
    known.current = new Set(notices.map(({ id }) => id));
    for (const news of newsOf(fresh)) {
      const before = told.current.get(news.key);
      const joins = before !== undefined && Date.now() - before.atMs < sameStoryMs;
      if (joins) dismissToast(before.toastId);
      const all = { key: news.key, notices: [...(joins ? before.notices : []), ...news.notices] };
      const { ruleId } = news.notices[0]!;
      const toastId = toast({ ...newsWords(all), about: ruleId, action: { label: 'Open rule', run: () => void navigate({ to: '/rules/$ruleId', params: { ruleId } }) } });
      told.current.set(news.key, { toastId, notices: all.notices, atMs: Date.now() });
    }
  }, [notices, navigate]);
}
