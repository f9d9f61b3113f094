// The object that is looked at: the way by which a root holds it, what it consists of, and who else holds it.
import { useState } from 'react';
import { EmptyState, formatBytes, formatCount, Pane, Segmented, SkeletonRows } from '../../../ui/index.ts';
import { useAnswer } from '../open/use-answer.ts';
import type { PaneProps } from '../pane-props.ts';
import { NodeName } from '../words/heap-text.tsx';
import { Neighbours } from './neighbours.tsx';
import { Place } from './place.tsx';
import { RootPathList } from './root-path.tsx';

export interface SidePaneProps extends PaneProps { /** An id that this snapshot has not. */ readonly missing: number | null }

export function SidePane(props: SidePaneProps) {
  const { client, details, reveal, missing } = props;
  const [tab, setTab] = useState<'fields' | 'retainers'>('fields');
  const row = details?.node.row ?? null;
  const path = useAnswer(client, 'path', row === null ? null : [row, reveal.on]);
  const alike = useAnswer(client, 'instances', details === null ? null : [details.node.classRow, { minRetained: 0, reveal: false }, { start: 0, count: 0 }]);
  if (details === null) return <Pane className="grow" label="Object">{missing === null ? <EmptyState title="No object is chosen">Choose one on the left, or a suspect: what holds it and what it consists of stands here.</EmptyState> : <EmptyState title={`No object @${missing} is in this snapshot`}>It is in another one of the process, or was freed before this one was taken.</EmptyState>}</Pane>;
  const { node } = details;
  const steps = path.value === undefined ? 0 : path.value.steps.length + path.value.skipped;
  return (
    <Pane className="grow heap-side" label={`Object @${node.id}`}>
      <div className="ph"><h2>Retainers</h2><span className="row gap1 ell"><NodeName node={node} /></span><span className="end meta t3 nw">{steps === 0 ? '' : `shortest path to a root, ${formatCount(steps)} steps`}</span></div>
      {path.value === undefined || path.value.steps.at(-1)?.node.id !== node.id ? path.failure === null ? <SkeletonRows rows={5} label="Finding the way to a root" /> : <p className="heap-note bad" role="alert">{path.failure.message}</p> : <RootPathList {...props} path={path.value} />}
      <div className="ph bt heap-of"><h2 className="ell">{alike.value === undefined || alike.value.total <= 1 ? 'The object' : `One of ${formatCount(alike.value.total)}`} <span className="mono t2">{node.className}</span></h2><span className="meta t3 nw">{formatBytes(node.shallow)}, retains {formatBytes(node.retained)}</span></div>
      <div className="heap-side-tools">
        <Segmented label="What is shown of it" value={tab} onChange={setTab} options={[{ value: 'fields', label: `Fields ${formatCount(node.fieldCount)}` }, { value: 'retainers', label: `Held by ${formatCount(node.retainerCount)}` }]} />
      </div>
      <Neighbours {...props} details={details} tab={tab} />
      <Place details={details} />
    </Pane>
  );
}
