// What a person can do next: the first choice of an empty rule, one more step, and what happens to the records at the end.
import { Button, Icon } from '../../../ui/index.ts';
import { AddMenu } from './add-menu.tsx';
import type { QueryPictureProps } from './types.ts';
import { sinkChoices, stepsOf, tableChoices, type StepWords } from './words.ts';

export interface NextStepProps { readonly open: boolean; readonly onOpenChange: (open: boolean) => void; readonly onChoose: (keyword: string) => void }

/** One more step behind the last one. */
export function StepWanted({ choices, ...rest }: NextStepProps & { readonly choices: readonly StepWords[] }) {
  return <Wanted {...rest} menu="Add a step" choices={choices} title="Add a step" line="Keep only some of them, count them, change a field." />;
}

/** A rule without an end. `counted`: rows of a summarize arrive there, which only a metric can take. */
export function SinkWanted({ counted, ...rest }: NextStepProps & { readonly counted: boolean }) {
  const choices = counted ? sinkChoices.filter(({ keyword }) => keyword === 'to_metric') : sinkChoices;
  return <Wanted {...rest} menu="What happens to these records" choices={choices} title="What happens to these records?" line="A rule ends by saying it." />;
}

interface WantedProps extends NextStepProps { readonly menu: string; readonly choices: readonly StepWords[]; readonly title: string; readonly line: string }

function Wanted({ menu, choices, title, line, open, onOpenChange, onChoose }: WantedProps) {
  return (
    <div className="qp-step">
      <div className="qp-left" />
      <AddMenu label={menu} choices={choices} open={open} onOpenChange={onOpenChange} onChoose={onChoose}>
        <button type="button" className="qp-box wanted"><Icon name="plus" /><span className="grow"><b className="ell">{title}</b><span className="t3 ell">{line}</span></span></button>
      </AddMenu>
      <div className="qp-right" />
    </div>
  );
}

/** An empty rule: the first choice is where records come from. */
export function Start({ mode, onChoose }: { readonly mode: QueryPictureProps['mode']; readonly onChoose: (keyword: string) => void }) {
  const choices = mode === 'rule' ? tableChoices : stepsOf(mode);
  return (
    <div className="qp-start">
      <h3>{mode === 'rule' ? 'Which records is the rule about?' : 'Which records?'}</h3>
      {choices.map(({ keyword, title, line, icon }) => <Button key={keyword} icon={icon} onClick={() => onChoose(keyword)}><span className="grow"><b className="md">{title}</b><span className="qp-line">{line}</span></span></Button>)}
    </div>
  );
}
