// What is selected in the graph, as a form that edits the document.
import '../machine.css';
import { MachineForm } from './machine-form.tsx';
import { StateForm } from './state-form.tsx';
import { TimerForm } from './timer-form.tsx';
import { TransitionForm } from './transition-form.tsx';
import type { InspectorProps } from './types.ts';

export function Inspector(props: InspectorProps) {
  const { selection } = props;
  switch (selection.kind) {
    case 'machine': return <MachineForm {...props} />;
    // Not keyed by what is edited in them: a new name or time must not take the focus away.
    case 'state': return <StateForm {...props} name={selection.state} />;
    case 'transition': return <TransitionForm key={`${selection.state}/${selection.index}`} {...props} from={selection.state} index={selection.index} />;
    case 'timer': return <TimerForm key={selection.state} {...props} from={selection.state} time={selection.time} />;
  }
}
