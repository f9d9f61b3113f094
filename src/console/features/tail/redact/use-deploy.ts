// Saves the policy and sends it to the agents, live. What the server refuses is said; nothing is half done without a word.
import { useRef, useState } from 'react';
import type { RuleDetail } from '../../../../model/index.ts';
import { explainFailure, useCreateRule, useDeployRule, useSaveRule } from '../../../api/index.ts';

export interface Deployment {
  readonly busy: boolean;
  /** What went wrong last, in a sentence. */
  readonly failure: string | null;
  /** @param into the policy that gets a new version; null makes a policy. Null after a failure. */
  deploy(text: string, into: RuleDetail | null, note: string): Promise<RuleDetail | null>;
}

export function useDeploy(): Deployment {
  const [state, setState] = useState<{ readonly busy: boolean; readonly failure: string | null }>({ busy: false, failure: null });
  const last = useRef<{ readonly text: string; readonly rule: RuleDetail } | null>(null);
  const create = useCreateRule().mutateAsync, save = useSaveRule().mutateAsync, start = useDeployRule().mutateAsync;
  const deploy = async (text: string, into: RuleDetail | null, note: string) => {
    setState({ busy: true, failure: null });
    // What was saved before a deployment failed is not saved again.
    let saved = last.current?.text === text ? last.current.rule : null;
    try {
      saved ??= into === null ? await create({ text, note }) : await save({ id: into.id, text, note, base: into.latestVersion });
      last.current = { text, rule: saved };
      const after = await start({ id: saved.id, version: saved.latestVersion, mode: 'live' });
      setState({ busy: false, failure: null });
      return after;
    } catch (error) {
      const { title, help } = explainFailure(error);
      setState({ busy: false, failure: `${saved === null ? 'It was not saved' : `${saved.name} version ${saved.latestVersion} is saved, but was not deployed`}: ${[title, help].filter(Boolean).join('. ')}` });
      return null;
    }
  };
  return { ...state, deploy };
}
