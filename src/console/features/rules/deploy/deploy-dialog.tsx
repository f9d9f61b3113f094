// Asks before a rule reaches agents, naming the blast radius: which agents, how much matches, which rules get in each other's way,
// what becomes of records, the way back. It runs the rule's own tests meanwhile; over one that fails it asks to deploy anyway.
import { useMemo, useState } from 'react';
import { noNames, resolveNames } from '../../../../kql/index.ts';
import type { AgentRule, RuleMode } from '../../../../model/index.ts';
import type { CompiledRule } from '../../../../rules/index.ts';
import { useNameBook, usePrices } from '../../../api/index.ts';
import { Button, Dialog, Icon, Segmented } from '../../../ui/index.ts';
import { useLastTests, useRuleTests } from '../tests/index.ts';
import { doingWords } from '../words/doing-words.ts';
import { policyWayBack } from '../words/policies.ts';
import { sinkWords } from '../words/sinks.ts';
import { blastRadius, type BlastFacts, type BlastLine } from './blast-radius.ts';
import { liveConflicts } from './live-conflicts.ts';
import { testLines } from './test-lines.ts';
import './deploy.css';

/** What agents can run. */
export type RunnableRule = CompiledRule;

export interface DeployDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly compiled: RunnableRule;
  /** The document that it was compiled from. */
  readonly text: string;
  /** Null while the rule is not saved. */
  readonly ruleId: string | null;
  /** What agents run now. */
  readonly live: readonly AgentRule[];
  readonly facts: Omit<BlastFacts, 'plan' | 'policy' | 'machine' | 'language' | 'conflicts' | 'prices'>;
  /** The text will be saved as this version first. */
  readonly saves: boolean;
  /** How the rule runs now; null when it does not. */
  readonly running: RuleMode | null;
  /** Why nothing can be deployed any more; null when it can. */
  readonly blocked?: string | null;
  readonly onConfirm: (mode: RuleMode) => void;
}

const modes = [{ value: 'live', label: 'Live' }, { value: 'shadow', label: 'Shadow' }] as const;

export function DeployDialog(props: DeployDialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ open, onOpenChange, compiled, text, ruleId, live, facts, saves, running, blocked = null, onConfirm }: DeployDialogProps) {
  const [mode, setMode] = useState<RuleMode>('live');
  const tests = useLastTests(text);
  const checked = testLines(tests, useRuleTests(compiled, tests));
  const book = useNameBook().data ?? noNames;
  const prices = usePrices().data ?? null;
  // What runs has its names written out already: the rule in hand is judged by what its names mean, too.
  const conflicts = useMemo(() => compiled.kind === 'query' ? liveConflicts(resolveNames(compiled, book), ruleId, live, mode) : [], [compiled, book, ruleId, live, mode]);
  const plan = compiled.kind === 'query' ? compiled.plan : null;
  const policy = compiled.kind === 'redaction-policy' ? compiled.policy : null;
  const machine = compiled.kind === 'state-machine' ? compiled.machine : null;
  const language = compiled.kind === 'language' ? compiled.language : null;
  const wayBack = machine !== null ? 'Disarm it at any time, on every agent at once; what it started runs to its end.' : policy !== null ? policyWayBack : plan?.sink ? sinkWords(plan.sink).wayBack : null;
  const lines = [...checked.lines, ...blastRadius({ ...facts, plan, policy, machine, language, conflicts, prices }, mode)];
  const danger = checked.failed > 0 || lines.some(({ tone }) => tone === 'danger');
  const confirm = () => { onOpenChange(false); onConfirm(mode); };
  const words = doingWords(compiled.kind);
  const deploy = words.deploy.toLowerCase();
  const verb = `${mode === 'shadow' ? `${deploy} in shadow` : running === 'shadow' ? words.goLive.toLowerCase() : machine !== null ? `${deploy} live` : deploy}${danger ? ' anyway' : ''}`;
  const footer = (
    <>
      <Button kbd="Esc" autoFocus={danger} onClick={() => onOpenChange(false)}>Not yet</Button>
      <Button variant={danger ? 'danger' : 'primary'} icon="deploy" autoFocus={!danger} disabledReason={blocked ?? checked.wait} onClick={confirm}>{saves ? `Save and ${verb}` : capital(verb)}</Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`${words.deploy} ${compiled.name} version ${facts.version}${mode === 'shadow' ? ' in shadow' : ''}?`} icon="deploy" footer={footer}>
      <div className="row rules-mode"><Segmented<RuleMode> label="How it runs" value={mode} options={modes} onChange={setMode} /><span className="t2">{mode === 'shadow' ? 'It would change nothing: it only counts what it would do.' : running === 'shadow' ? 'It runs in shadow now; live, it acts.' : machine !== null ? 'It is armed as soon as agents have it.' : 'It acts on records as soon as agents have it.'}</span></div>
      <ul className="rules-blast">{lines.map(line => <Line key={line.strong + line.rest} line={line} />)}</ul>
      {mode === 'live' && wayBack !== null && <p className="rules-way-back t3">{wayBack}</p>}
      {mode === 'shadow' && <p className="rules-way-back t3">{words.disable} it, or {words.goLive.toLowerCase()}, at any time.</p>}
    </Dialog>
  );
}

const colours: Readonly<Record<BlastLine['tone'], string | undefined>> = { plain: undefined, attention: 'amb', danger: 'red' };

function Line({ line: { tone, strong, rest } }: { readonly line: BlastLine }) {
  const colour = colours[tone];
  return <li><span className={colour ?? 'rules-bullet t3'}>{colour !== undefined && <Icon name="warn" size="s" />}</span><span><strong className={colour}>{strong}</strong> {rest}</span></li>;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
