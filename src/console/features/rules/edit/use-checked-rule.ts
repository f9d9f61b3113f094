// The whole document checked in the KQL worker, a moment after the last keystroke: problems, fields, the compiled rule. The script of a
// language rule is loaded once, in the worker of scripts, which may be ended.
import { useEffect, useState } from 'react';
import { withScriptProblem, type CheckedRule } from '../../../../rules/index.ts';
import type { RulesClient } from '../../../workers/rules/index.ts';
import { useKqlClient } from '../../../editor/index.ts';
import { useRulesWorker } from '../tests/index.ts';
import { named, type NamedText } from '../draft/index.ts';

export interface CheckedText extends CheckedRule { readonly text: string }
export interface CheckState {
  /** Of the newest text that was checked; it may be older than the text in hand. */
  readonly latest: CheckedText | null;
  /** Set when the service itself failed; the text may still be right. */
  readonly failure: string | null;
}

const quietMs = 120;

/** A rule that has no name yet is checked as if it had one. @param again another check is due when it changes: what the service knows of live records. */
export function useCheckedRule(text: string, again: unknown): CheckState {
  const kql = useKqlClient();
  const worker = useRulesWorker();
  const [state, setState] = useState<CheckState>({ latest: null, failure: null });
  const first = state.latest === null;
  useEffect(() => {
    let live = true;
    const read = named(text);
    const tell = (checked: CheckedRule) => { if (live) setState({ latest: { ...checked, problems: read.text === text ? checked.problems : placedBack(checked.problems, read), text }, failure: null }); };
    const ask = () => kql.check(read.text).then(checked => withScript(read.text, checked, worker)).then(
      checked => {
        tell(checked);
        // What the server knows of names comes after: nobody waits for it.
        if (checked.document !== null && checked.document.kind !== 'language') void kql.unknownNames?.(read.text).then(unknown => { if (unknown.length > 0) tell({ ...checked, problems: [...checked.problems, ...unknown.map(one => ({ ...one, path: ['kql'] }))] }); });
      },
      (error: unknown) => { if (live) setState(before => ({ ...before, failure: error instanceof Error ? error.message : String(error) })); },
    );
    const timer = setTimeout(() => void ask(), first ? 0 : quietMs);
    return () => { live = false; clearTimeout(timer); };
    // `first` only chooses the delay; a change of it must not ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [kql, worker, text, again]);
  return state;
}

/** A script that does not come back when it is loaded is wrong, too. */
async function withScript(text: string, checked: CheckedRule, worker: RulesClient): Promise<CheckedRule> {
  const { compiled } = checked;
  if (compiled?.kind !== 'language') return checked;
  const problem = await worker.checkScript(compiled).catch((cause: unknown) => ({ severity: 'error' as const, code: 'language/script', message: cause instanceof Error ? cause.message : String(cause), start: 0, end: 0 }));
  return withScriptProblem(text, checked, problem);
}

/** At places of the text as it is. */
const placedBack = (problems: CheckedRule['problems'], { back }: NamedText): CheckedRule['problems'] => problems.map(({ fixes, ...each }) => ({
  ...each, start: back(each.start), end: back(each.end), ...(fixes !== undefined && { fixes: fixes.map(fix => ({ ...fix, edits: fix.edits.map(edit => ({ ...edit, start: back(edit.start), end: back(edit.end) })) })) }),
}));
