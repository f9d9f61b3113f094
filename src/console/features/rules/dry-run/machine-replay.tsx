// The replay of a net: records and timers in order, one step at a time, by button or arrow key. A step says what came, what
// each guard of the state made of it and where it led; the picture shows where that is.
import { Fragment, useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { MachineDryRunResult, MachineGuard, MachineStep } from '../../../../rules/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { Button, Chip, EmptyState, ExplainedClause, formatClock, formatCount, MaskedText, plural, ResizablePanes, type TimeZoneMode } from '../../../ui/index.ts';
import { foldSteps, nextChange, type ReplayRow } from './fold-steps.ts';
import { causeWords, eventWords, guardWords, outcomeWords } from './machine-steps.ts';

export interface MachineReplayProps {
  readonly result: MachineDryRunResult;
  /** Index among the steps. */
  readonly at: number;
  readonly onStep: (at: number) => void;
  /** In the same bar: what else of the run can be shown, and that it is a replay. */
  readonly choice: ReactNode; readonly note: ReactNode;
}

export function MachineReplay({ result: { steps, passedOver, reached }, at, onStep, choice, note }: MachineReplayProps) {
  const step = steps[at];
  if (step === undefined) return <><div className="rules-range row">{choice}{note}</div><EmptyState title="No record came to the net">{plural(reached, 'record')} reached it. Its targets, or the source of the records, leave nothing to replay.</EmptyState></>;
  const go = (to: number) => { if (to >= 0 && to < steps.length) onStep(to); };
  const [earlier, later] = [nextChange(steps, at, -1), nextChange(steps, at, 1)];
  const keys = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div className="rules-replay grow">
      <div className="rules-range row">
        {choice}
        <Button size="s" title="The change before; where there is none, the step before. Arrow keys go step by step" onClick={() => go(earlier ?? at)} disabledReason={earlier === null ? 'This is the first step.' : null}>Previous</Button>
        <Button size="s" title="The next change; where there is none, the next step. Arrow keys go step by step" onClick={() => go(later ?? at)} disabledReason={later === null ? 'This is the last step.' : null}>Next</Button>
        <span className="t2 nw" aria-live="polite">Step {formatCount(at + 1)} of {formatCount(steps.length)}</span>{note}
      </div>
      <ResizablePanes id="rules.replay" label="Step" defaultSize={330} minSize={220} maxSize={640} first={<StepList steps={steps} at={at} passedOver={passedOver} onStep={onStep} onKeyDown={keys} />} second={<StepDetail step={step} />} />
    </div>
  );
}

function StepList({ steps, at, passedOver, onStep, onKeyDown }: { readonly steps: readonly MachineStep[]; readonly at: number; readonly passedOver: number; readonly onStep: (at: number) => void; readonly onKeyDown: (event: KeyboardEvent) => void }) {
  const zone = usePreferences(state => state.timeZone);
  const list = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => foldSteps(steps), [steps]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => { list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [at]);
  const row = (index: number) => <StepRow key={index} step={steps[index]!} index={index} chosen={index === at} zone={zone} onStep={onStep} />;
  const open = (fold: Fold) => opened.has(fold.from) || (at >= fold.from && at <= fold.to);
  return (
    <div ref={list} className="scroll grow" tabIndex={0} role="listbox" aria-label="Steps of the replay" aria-activedescendant={`replay-${at}`} onKeyDown={onKeyDown}>
      {rows.map(one => one.kind === 'step' ? row(one.index) : (
        <Fragment key={`fold-${one.from}`}>
          <div role="option" aria-selected={false} className="rules-d note rules-fold" title={open(one) ? 'Fold them' : 'Show them'} onClick={() => setOpened(toggled(opened, one.from))}><span aria-hidden="true">{open(one) ? '▾' : '▸'}</span> {one.words}</div>
          {open(one) && Array.from({ length: one.to - one.from + 1 }, (_, i) => row(one.from + i))}
        </Fragment>
      ))}
      {passedOver > 0 && <PassedOver count={passedOver} />}
    </div>
  );
}

type Fold = Extract<ReplayRow, { kind: 'fold' }>;

function toggled(set: ReadonlySet<number>, one: number): ReadonlySet<number> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

const PassedOver = ({ count }: { readonly count: number }) => <div role="option" aria-selected={false} className="rules-d note">{plural(count, 'more record')} did nothing</div>;

function StepRow({ step, index, chosen, zone, onStep }: { readonly step: MachineStep; readonly index: number; readonly chosen: boolean; readonly zone: TimeZoneMode; readonly onStep: (at: number) => void }) {
  const words = outcomeWords(step);
  const moved = step.because !== null;
  return (
    <>
      {step.passedOver > 0 && <PassedOver count={step.passedOver} />}
      <div role="option" id={`replay-${index}`} aria-selected={chosen} className={`rules-step${moved ? ' moved' : ''}`} onClick={() => onStep(index)}>
        <span className="mono">{clockOf(step, zone)}</span>
        <span className="ell" title={causeWords(step)}>{causeWords(step)}</span>
        <span className="mono ell t3" title={step.key || 'one machine'}>{step.key || 'one machine'}</span>
        <span className="ell what" title={words}>{words}</span>
      </div>
    </>
  );
}

const clockOf = ({ atUnixNano }: MachineStep, zone: TimeZoneMode) => formatClock(Number(atUnixNano / 1_000_000n), zone, true);

function StepDetail({ step }: { readonly step: MachineStep }) {
  const { record, from, to, because, guards, events } = step;
  return (
    <section className="scroll grow rules-step-detail" tabIndex={0} aria-label="What happened at this step">
      <p><b>{record === null ? 'A timer fired.' : causeWords(step)}</b> {record !== null && <span className="t2"><MaskedText text={record.summary} /></span>}</p>
      <p className="row gap1">The state was <Chip tone="line">{from}</Chip>{because === null ? 'and stays.' : <>and is now <Chip tone="accent">{to}</Chip></>}</p>
      {because !== null && <p className="t2">Why: {because}.</p>}
      {events.filter(({ event }) => event !== 'transition').map((event, i) => <p key={i} className={event.event === 'action' ? 'acc' : 'amb'}>{eventWords(event)}</p>)}
      {record !== null && guards.length === 0 && <p className="t3">No transition leads out of {from} by a record.</p>}
      {guards.map((guard, i) => <Guard key={i} guard={guard} />)}
    </section>
  );
}

function Guard({ guard }: { readonly guard: MachineGuard }) {
  return (
    <div className="rules-guard">
      <p><span className="t3">To {guard.to}.</span> {guardWords(guard)}</p>
      <ul className="expl-clauses" aria-label={`Guard to ${guard.to}`}><ExplainedClause clause={guard.said} /></ul>
    </div>
  );
}
