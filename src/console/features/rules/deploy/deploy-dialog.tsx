// Asks before a rule reaches agents, naming the blast radius: which agents, how much matches, what becomes of it, the way back.
import { useState } from 'react';
import type { RuleMode } from '../../../../model/index.ts';
import { Button, Dialog, Icon, Segmented } from '../../../ui/index.ts';
import { sinkWords } from '../words/sinks.ts';
import { blastRadius, type BlastFacts } from './blast-radius.ts';

export interface DeployDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly name: string;
  readonly facts: BlastFacts;
  /** The text will be saved as this version first. */
  readonly saves: boolean;
  /** How the rule runs now; null when it does not. */
  readonly running: RuleMode | null;
  readonly onConfirm: (mode: RuleMode) => void;
}

const modes = [{ value: 'live', label: 'Live' }, { value: 'shadow', label: 'Shadow' }] as const;

export function DeployDialog({ open, onOpenChange, name, facts, saves, running, onConfirm }: DeployDialogProps) {
  const [mode, setMode] = useState<RuleMode>('live');
  const confirm = () => { onOpenChange(false); onConfirm(mode); };
  const verb = mode === 'shadow' ? 'deploy as shadow' : running === 'shadow' ? 'go live' : 'deploy';
  const footer = (
    <>
      <Button kbd="Esc" onClick={() => onOpenChange(false)}>Not yet</Button>
      <Button variant="primary" icon="deploy" autoFocus onClick={confirm}>{saves ? `Save and ${verb}` : capital(verb)}</Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Deploy ${name} version ${facts.version}?`} icon="deploy" footer={footer}>
      <div className="row rules-mode"><Segmented<RuleMode> label="How it runs" value={mode} options={modes} onChange={setMode} /><span className="t2">{mode === 'shadow' ? 'It only counts what it would do. Every record passes as if the rule were not there.' : running === 'shadow' ? 'It runs as a shadow now; live, it acts.' : 'It acts on records as soon as agents have it.'}</span></div>
      <ul className="rules-blast">
        {blastRadius(facts).map(line => (
          <li key={line.strong + line.rest}>
            <span className={line.tone === 'attention' ? 'amb' : 't3'}><Icon name={line.tone === 'attention' ? 'warn' : 'right'} size="s" /></span>
            <span><strong className={line.tone === 'attention' ? 'amb' : undefined}>{line.strong}</strong> {line.rest}</span>
          </li>
        ))}
      </ul>
      {mode === 'live' && facts.plan.sink !== null && <p className="rules-way-back t3">{sinkWords(facts.plan.sink).wayBack}</p>}
    </Dialog>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
