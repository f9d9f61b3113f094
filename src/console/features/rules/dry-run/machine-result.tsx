// What a state machine would have done over the records: the replay, step by step, and how often each guard held.
import { useState } from 'react';
import { parseRule, type MachineDryRunResult } from '../../../../rules/index.ts';
import { formatCount, plural, Segmented, Table } from '../../../ui/index.ts';
import { named } from '../draft/index.ts';
import type { Selection } from '../machine/index.ts';
import { MachineReplay } from './machine-replay.tsx';
import { askedTimes, placeOfStep } from './machine-steps.ts';

const views = [{ value: 'steps', label: 'Steps' }, { value: 'guards', label: 'Guards' }] as const;
type View = (typeof views)[number]['value'];

export interface MachineResultProps {
  readonly result: MachineDryRunResult;
  /** The document that was run. */
  readonly text: string;
  /** A step was chosen: the picture shows where it is. */
  readonly onShow: (place: Selection) => void;
}

export function MachineResult({ result, text, onShow }: MachineResultProps) {
  const [view, setView] = useState<View>('steps');
  const [at, setAt] = useStepOf(result);
  const step = (to: number) => {
    setAt(to);
    const place = placeOfStep(result.steps[to]!, parseRule(named(text).text).document);
    if (place !== null) onShow(place);
  };
  const choice = <Segmented label="What to show of the replay" value={view} options={views} onChange={setView} />;
  const note = <span className="t2 ell" title="The steps show what this net would have done with these records. No action starts here, and nothing is armed by it.">A replay: no action starts{result.transitions === 0 ? `. No guard led anywhere over ${plural(result.reached, 'record')}` : ''}.</span>;
  return (
    <section className="col grow rules-net-result" aria-label="What the net would have done">
      <dl className="rules-figs flat">
        <Fig label="Records" value={formatCount(result.reached)} /><Fig label="Keys" value={`${formatCount(result.keys)}${result.keysEvicted > 0 ? `, ${formatCount(result.keysEvicted)} left for room` : ''}`} />
        <Fig label="Transitions" value={formatCount(result.transitions)} /><Fig label="Actions it would start" value={formatCount(result.actions)} /><Fig label="Held back by limits" value={formatCount(result.actionsNotRun)} />
      </dl>
      {view === 'steps' && <MachineReplay result={result} at={at} onStep={step} choice={choice} note={note} />}
      {view === 'guards' && <><div className="rules-range row">{choice}{note}</div><Guards result={result} /></>}
    </section>
  );
}

/** The first step that moved, else the first that came near it; and again when another run came. */
function useStepOf(result: MachineDryRunResult) {
  const moved = result.steps.findIndex(({ because }) => because !== null);
  const first = Math.max(0, moved >= 0 ? moved : result.steps.findIndex(({ guards }) => guards.some(({ near, outcome }) => near || outcome === true)));
  const [at, setAt] = useState(first);
  const [of, setOf] = useState(result);
  if (of !== result) { setOf(result); setAt(first); }
  return [Math.min(at, Math.max(0, result.steps.length - 1)), setAt] as const;
}

function Guards({ result }: { readonly result: MachineDryRunResult }) {
  return (
    <div className="scroll grow" tabIndex={0} role="region" aria-label="How often each guard held">
      <Table label="Guards" rows={result.guards} rowKey={guard => `${guard.state}.${guard.index}`} columns={[
        { key: 'state', head: 'From', width: 110, cell: guard => guard.state }, { key: 'to', head: 'To', width: 110, cell: guard => guard.to },
        { key: 'text', head: 'Guard', cell: guard => <code className="ell" title={guard.text}>{guard.text}</code> },
        { key: 'asked', head: 'Asked', numeric: true, width: 76, cell: guard => <>{formatCount(askedTimes(guard))}</> }, { key: 'true', head: 'Held', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isTrue)}</> },
        { key: 'false', head: 'False', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isFalse)}</> }, { key: 'null', head: 'No value', numeric: true, width: 76, cell: guard => <>{formatCount(guard.isNull)}</> },
      ]} />
    </div>
  );
}

function Fig({ label, value }: { readonly label: string; readonly value: string }) { return <div className="rules-fig"><dt>{label}</dt><dd>{value}</dd></div>; }
