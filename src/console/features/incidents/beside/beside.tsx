// Two artifacts beside each other, one below the other where the window is narrow; one alone has all the room.
import type { Artifact } from '../../../../model/index.ts';
import { ResizablePanes } from '../../../ui/index.ts';
import type { Span } from '../timeline/axis.ts';
import { ArtifactPane } from './artifact-pane.tsx';
import './beside.css';
import type { Side } from './pair.ts';
import type { BesideState } from './use-beside.ts';

export interface BesideProps { readonly beside: BesideState; readonly artifacts: readonly Artifact[]; /** The chosen time; null: all of it. */ readonly part: Span | null; readonly narrow: boolean }

export function Beside({ beside: { pair, put }, artifacts, part, narrow }: BesideProps) {
  const paneOf = (side: Side) => { const id = pair[side]; return id === null ? null : <ArtifactPane key={`${side} ${id}`} side={side} artifact={artifacts.find(artifact => artifact.id === id)} part={part} onClose={() => put(side, null)} />; };
  const [left, right] = [paneOf('left'), paneOf('right')];
  if (left === null || right === null) return <div className="bes">{left ?? right}</div>;
  if (narrow) return <div className="bes bes-stack scroll" tabIndex={0} role="region" aria-label="Beside each other">{left}{right}</div>;
  return <div className="bes"><ResizablePanes id="incident.beside" label="the right side" defaultSize={440} minSize={280} maxSize={900} first={left} second={right} /></div>;
}
