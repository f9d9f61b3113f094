// One click from the tail: what was pointed at, what it is, where and how it is hidden, tried on the tail at once, and deployed; then
// the proof, agent by agent. Values stay in this dialog and in the workers.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { nameForRule } from './name-problem.ts';
import { signals as allSignals, type RuleDetail, type Signal } from '../../../../model/index.ts';
import { useRules } from '../../../api/index.ts';
import { placeWords, policyOf } from '../../../editor/redact/index.ts';
import { newDraftKey, tailSearch, useDrafts, useUrlState } from '../../../state/index.ts';
import { Button, Dialog, Input, Select, Skeleton } from '../../../ui/index.ts';
import type { ExistingPolicy } from './existing.ts';
import { ConfirmSection } from './confirm-section.tsx';
import { HowSection } from './how-section.tsx';
import { ProgressSection } from './progress-section.tsx';
import './redact.css';
import type { RedactTarget } from './target.ts';
import { TrialSection } from './trial-section.tsx';
import { triedOn } from './tried-on.ts';
import { useDeploy } from './use-deploy.ts';
import { useExample } from './use-example.ts';
import { useExisting } from './use-existing.ts';
import { useFullScan } from './use-full-scan.ts';
import { useGuesses } from './use-guesses.ts';
import { useTrial } from './use-trial.ts';
import { useWish, useWishFields, type WishState } from './use-wish.ts';
import { WhatSection } from './what-section.tsx';
import { WhereSection } from './where-section.tsx';

export interface RedactDialogProps { /** Null: closed. */ readonly target: RedactTarget | null; readonly onClose: () => void }

export const RedactDialog = ({ target, onClose }: RedactDialogProps) => target === null ? null : <OpenDialog target={target} onClose={onClose} />;

function OpenDialog({ target, onClose }: { readonly target: RedactTarget; readonly onClose: () => void }) {
  const looked = useGuesses(target);
  const fields = useWishFields();
  const rules = useRules().data;
  // A name that this dialog has saved is its own: it makes way for no other.
  const [own, setOwn] = useState<string | null>(null);
  const taken = new Set((rules ?? []).map(({ name }) => name).filter((name) => name !== own));
  // The place decides which policies are offered, and the chosen policy what text the wish makes.
  const place = useWish(fields, target, looked, taken, null).at;
  const existing = useExisting(rules, place);
  const [{ into: chosen }] = fields;
  const into = existing.find(({ rule }) => rule.id === (chosen === undefined ? existing.find(({ covers }) => covers)?.rule.id : chosen)) ?? null;
  const state = useWish(fields, target, looked, taken, into);
  const trial = useTrial(looked.status === 'done' ? state.text : null, into?.rule.id ?? null);
  const example = useExample(state, looked.all);
  const [{ q = '', signals = ['logs' as const] }] = useUrlState(tailSearch);
  const on = triedOn(q, signals, worksOn(state, into));
  const [asked, setAsked] = useState(false);
  const [deployed, setDeployed] = useState<{ readonly rule: RuleDetail; readonly sinceMs: number } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // Until the record was looked at there was nothing to begin at.
  useEffect(() => { if (looked.status === 'done') box.current?.querySelector<HTMLElement>('input:checked')?.focus(); }, [looked.status]);
  const deployment = useDeploy();
  const fullScan = useFullScan();
  const openText = useOpenText();
  const nameProblem = into === null ? nameForRule(state.name, taken) : null;
  const missing = state.asksEveryText ? 'Say that every such text is meant, or choose what is in it.' : 'Write a pattern first.';
  const reason = looked.status !== 'done' ? 'The record is being looked at.' : state.text === null ? missing : nameProblem ?? trial.problem ?? (trial.result === null ? 'It is being tried on the tail.' : null);
  const goLive = () => { const { text } = state; setOwn(state.name); if (text !== null) void deployment.deploy(text, into?.rule ?? null, 'from the tail').then((rule) => { if (rule !== null) setDeployed({ rule, sinceMs: Date.now() }); }); };
  // Before the deployment: only what was scanned since the last leak proves anything.
  const ask = () => { state.set({ name: state.name }); setAsked(true); fullScan.start(); };
  const edit = () => { if (state.text !== null) { onClose(); openText(state.text, into?.rule ?? null); } };
  const title = deployed !== null ? `${deployed.rule.name} is deployed` : asked ? `Deploy ${into?.rule.name ?? state.name}?` : 'Redact';
  const footer = deployed !== null ? <Button autoFocus variant="primary" onClick={onClose}>Close</Button> : asked ? (
    <><Button autoFocus onClick={() => setAsked(false)}>Back</Button><Button variant="primary" icon="deploy" disabledReason={deployment.busy ? 'One moment: it is being deployed.' : reason} onClick={goLive}>Deploy live</Button></>
  ) : (
    <><Button onClick={edit} disabledReason={looked.status !== 'done' ? 'The record is being looked at.' : state.text === null ? missing : null} icon="edit">Edit as text</Button><span className="grow" /><Button kbd="Esc" onClick={onClose}>Cancel</Button><Button variant="primary" icon="deploy" disabledReason={reason} onClick={ask}>Deploy…</Button></>
  );
  return (
    <Dialog open wide icon="redact" title={title} onOpenChange={(open) => { if (!open) onClose(); }} footer={footer}>
      <div className="rdx" ref={box}>
        {deployed !== null ? <ProgressSection full={!fullScan.failed} rule={deployed.rule} sinceMs={deployed.sinceMs} wish={state.wish} at={state.at} />
          : asked ? <ConfirmSection trial={trial} on={on} into={into} wish={state.wish} failure={deployment.failure} />
          : looked.status === 'looking' ? <Skeleton />
          : looked.status === 'gone' ? <p role="status">This record has left the buffer to make room for newer ones. Choose a newer one, or pause the tail first.</p>
          : looked.status === 'failed' ? <p className="red" role="status">The record could not be looked at. {looked.failure}</p>
          : <>
              <Pointed target={target} texts={looked.texts} at={`${state.at.key === '' ? `the ${placeWords[state.at.place]}` : state.at.key}${state.at.service === '' ? '' : ` of ${state.at.service}`}`} />
              <div className="rdx-choices"><WhatSection state={state} looked={looked} /><WhereSection state={state} example={example} /></div>
              <HowSection state={state} example={example} />
              {state.text !== null && <TrialSection trial={trial} state={state} example={example} fresh={into === null} on={on} />}
              <div className="rdx-part rdx-save">
                {existing.length > 0 && <Select label="Where it is saved" value={into?.rule.id ?? newPolicy} onChange={(id) => state.set({ into: id === newPolicy ? null : id })} options={[...existing.map(({ rule, why }) => ({ value: rule.id, label: `Add an entry to ${rule.name}`, detail: why })), { value: newPolicy, label: 'A policy of its own' }]} />}
                {into === null ? <Input mono label="Name" value={state.name} error={nameProblem} spellCheck={false} autoComplete="off" onChange={(event) => state.set({ name: event.target.value })} /> : <p className="t2">{into.rule.name} becomes version {into.rule.latestVersion + 1}, with this as its first entry; {into.why}.{into.signals.length < allSignals.length && ` It works on ${worksOn(state, into).join(' and ')} only.`}</p>}
              </div>
            </>}
      </div>
    </Dialog>
  );
}

const newPolicy = 'new';

/** A policy that has an entry more works on the signal of that entry, too. */
function worksOn({ wish, at }: Pick<WishState, 'wish' | 'at'>, into: ExistingPolicy | null): readonly Signal[] {
  if (into !== null) return allSignals.filter((signal) => signal === at.signal || into.signals.includes(signal));
  return policyOf(wish, at, 'any', '').signals ?? allSignals;
}

/** The selection itself is readable here and nowhere else; of a whole field only how long it is. */
function Pointed({ target: { selection }, texts, at }: { readonly target: RedactTarget; readonly texts: readonly { readonly text: string }[]; readonly at: string }) {
  return <p className="rdx-pointed">{selection === null ? <span className="t2">{texts.length === 1 ? `${at}, ${texts[0]!.text.length} characters` : `${texts.length} values were looked at`}</span> : <><code className="mono">{selection}</code> <span className="t3">selected in {at}</span></>}</p>;
}

/** The policy editor with that text: of a saved policy as an edit of it. */
function useOpenText() {
  const navigate = useNavigate();
  return (text: string, rule: RuleDetail | null) => {
    const { put } = useDrafts.getState();
    const atMs = Date.now();
    if (rule !== null) {
      put(rule.id, { text, base: rule.versions.find(({ version }) => version === rule.latestVersion)?.text ?? '', baseVersion: rule.latestVersion, atMs });
      void navigate({ to: '/rules/$ruleId', params: { ruleId: rule.id } });
      return;
    }
    const draft = `d${crypto.randomUUID().slice(0, 8)}`;
    put(newDraftKey(draft), { text, base: '', baseVersion: 0, atMs });
    void navigate({ to: '/rules/new', search: { kind: 'redaction-policy', draft } });
  };
}
