// What came to a net in its replay, to choose a test from: records one by one, in order, with their times. Chosen to begin with is
// what led to the first transition.
import { useEffect, useRef, useState } from 'react';
import type { MachineStep } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { Button, Checkbox, formatClock, MaskedText, plural } from '../../../ui/index.ts';
import './tests.css';

export interface FromStepsProps { readonly steps: readonly MachineStep[]; readonly onMake: (chosen: readonly MachineStep[]) => void; readonly onClose: () => void }

/** A list longer than this is no choice any more; what led to the first transition is always in it. */
const mostShown = 300;

export function FromSteps({ steps, onMake, onClose }: FromStepsProps) {
  const zone = usePreferences(state => state.timeZone);
  const [chosen, setChosen] = useState<ReadonlySet<MachineStep>>(() => new Set(leadingSteps(steps)));
  const shown = steps.slice(firstShown(steps), firstShown(steps) + mostShown);
  const list = useRef<HTMLUListElement>(null);
  const [opensAt] = useState(() => shown.findIndex(step => chosen.has(step)));
  useEffect(() => {
    const row = list.current?.children[opensAt];
    if (row instanceof HTMLElement) list.current!.scrollTop = row.offsetTop - list.current!.offsetTop;
  }, [opensAt]);
  // A newer run has steps of its own.
  const taken = steps.filter(step => chosen.has(step));
  const turn = (step: MachineStep, on: boolean) => setChosen(before => { const next = new Set(before); if (on) next.add(step); else next.delete(step); return next; });
  return (
    <section className="rules-from-steps" aria-label="Records for a test">
      <p className="t2">Choose what comes to the net, in this order and at these times. The test expects the state, transitions and actions that follow.</p>
      <ul ref={list} className="scroll" tabIndex={0} aria-label="Records of the replay">
        {shown.map((step, i) => <li key={i}><Checkbox checked={chosen.has(step)} onChange={on => turn(step, on)} ><StepWords step={step} clock={formatClock(Number(step.atUnixNano / 1_000_000n), zone, true)} /></Checkbox></li>)}
      </ul>
      <div className="row">
        <Button size="s" variant="primary" onClick={() => onMake(taken)} disabledReason={taken.some(({ record }) => record !== null) ? null : 'Choose a record first.'}>{`Make a test of ${plural(taken.length, 'record')}`}</Button>
        <Button size="s" onClick={() => setChosen(new Set())} disabledReason={taken.length === 0 ? 'Nothing is chosen.' : null}>Choose none</Button>
        <Button size="s" onClick={onClose}>Close</Button>
        {steps.length > shown.length && <span className="t3">{shown.length} of {plural(steps.length, 'step')} are shown</span>}
      </div>
    </section>
  );
}

function StepWords({ step: { record, from, to, because }, clock }: { readonly step: MachineStep; readonly clock: string }) {
  return (
    <span className="rules-from-step">
      <span className="mono nw">{clock}</span><b className="ell">{record === null ? 'a timer, as time that passes' : record.name || record.service || record.signal}</b>
      <span className="ell t2">{record !== null && <MaskedText text={record.summary.slice(0, 80)} />}</span><span className={because === null ? 't3 nw' : 'acc nw'}>{because === null ? `stays in ${from}` : `${from} → ${to}`}</span>
    </span>
  );
}

/** The steps of one key that counted towards its first transition, and that one; the first step when nothing moved. */
export function leadingSteps(steps: readonly MachineStep[]): readonly MachineStep[] {
  const end = steps.findIndex(({ cause, because }) => cause === 'record' && because !== null);
  const last = steps[end];
  if (last === undefined) return steps.slice(0, 1);
  return steps.slice(0, end + 1).filter(step => step === last || (step.key === last.key && step.record !== null && step.guards.some(({ outcome }) => outcome === true)));
}

/** Where the list begins, so that it holds what led to the first transition. */
function firstShown(steps: readonly MachineStep[]): number {
  const [first] = leadingSteps(steps);
  const end = steps.findIndex(({ because }) => because !== null);
  return end < mostShown || first === undefined ? 0 : steps.indexOf(first);
}
