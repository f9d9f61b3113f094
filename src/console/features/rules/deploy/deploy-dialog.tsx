// Asks before a rule reaches agents, naming the blast radius: which agents, how much matches, what becomes of it, the way back.
import { Button, Dialog, Icon } from '../../../ui/index.ts';
import { sinkWords } from '../words/sinks.ts';
import { blastRadius, type BlastFacts } from './blast-radius.ts';

export interface DeployDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly name: string;
  readonly facts: BlastFacts;
  /** The text will be saved as this version first. */
  readonly saves: boolean;
  readonly onConfirm: () => void;
}

export function DeployDialog({ open, onOpenChange, name, facts, saves, onConfirm }: DeployDialogProps) {
  const confirm = () => { onOpenChange(false); onConfirm(); };
  const footer = (
    <>
      <Button kbd="Esc" onClick={() => onOpenChange(false)}>Not yet</Button>
      <Button variant="primary" icon="deploy" autoFocus onClick={confirm}>{saves ? 'Save and deploy' : 'Deploy'}</Button>
    </>
  );
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={`Deploy ${name} version ${facts.version}?`} icon="deploy" footer={footer}>
      <ul className="rules-blast">
        {blastRadius(facts).map(line => (
          <li key={line.strong + line.rest}>
            <span className={line.tone === 'attention' ? 'amb' : 't3'}><Icon name={line.tone === 'attention' ? 'warn' : 'right'} size="s" /></span>
            <span><strong className={line.tone === 'attention' ? 'amb' : undefined}>{line.strong}</strong> {line.rest}</span>
          </li>
        ))}
      </ul>
      {facts.plan.sink !== null && <p className="rules-way-back t3">{sinkWords(facts.plan.sink).wayBack}</p>}
    </Dialog>
  );
}
