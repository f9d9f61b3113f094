// The filter: KQL with completion, where it looks (before or after the rules), Pause, and what the rows show.
import { useState, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import type { KqlDiagnostic, TailStage } from '../../../../model/index.ts';
import { KqlInput, withEdits, type EditorHandle } from '../../../editor/index.ts';
import { Button, Icon, IconButton, Kbd, Segmented } from '../../../ui/index.ts';
import type { FilterState } from '../use-filter.ts';
import { ColumnPicker } from './column-picker.tsx';

export interface FilterBarProps {
  /** A recording has no place in the pipeline, and stands still anyway. */
  readonly live: boolean;
  /** The box itself, which `/` goes to; Esc in it leaves it. */
  readonly boxRef: Ref<EditorHandle>; readonly onLeave: () => void;
  readonly text: string; readonly filter: FilterState; readonly onApply: (text: string) => void;
  readonly stage: TailStage; readonly onStage: (stage: TailStage) => void;
  readonly paused: boolean; readonly onPause: (paused: boolean) => void;
  readonly columns: readonly string[]; readonly onColumns: (columns: readonly string[]) => void; readonly known: readonly string[];
  /** For narrow windows, where the facets are put away until asked for. `facetsInForce`: how many facets hide rows. */
  readonly facetsOpen: boolean; readonly facetsInForce: number; readonly onFacets: (open: boolean) => void;
  readonly wrap: boolean; readonly onWrap: (wrap: boolean) => void;
  /** Views that somebody keeps. */
  readonly views: ReactNode;
}

const stages = [
  { value: 'out', label: 'After rules', title: 'What leaves the agents' },
  { value: 'in', label: 'Before rules', title: 'What the agents received, after redaction and before every other rule' },
] as const;

export function FilterBar({ live, boxRef, onLeave, text, filter, onApply, stage, onStage, paused, onPause, columns, onColumns, known, facetsOpen, facetsInForce, onFacets, wrap, onWrap, views }: FilterBarProps) {
  const [typed, setTyped] = useState(text);
  const [typedFor, setTypedFor] = useState(text);
  if (typedFor !== text) { setTypedFor(text); setTyped(text); }
  const problem = filter.problem;
  const [doubts, setDoubts] = useState<{ readonly text: string; readonly all: readonly KqlDiagnostic[] }>({ text, all: [] });
  const [doubt] = problem === null && doubts.text === typed ? doubts.all : [];
  // The first Esc closes what floats over the box.
  const leave = (event: KeyboardEvent) => { if (event.key !== 'Escape' || event.defaultPrevented) return; event.preventDefault(); event.stopPropagation(); onLeave(); };
  return (
    <>
      <div className="tail-filter">
        <Button className="tail-facets-toggle" on={facetsOpen} aria-expanded={facetsOpen} onClick={() => onFacets(!facetsOpen)}>Facets{facetsInForce > 0 && <b>{facetsInForce}</b>}</Button>
        {live && <Segmented label="Where in the pipeline" value={stage} options={stages} onChange={onStage} />}
        <div className="tail-filter-box grow" onKeyDown={leave}><KqlInput ref={boxRef} className="grow" label="Filter, in KQL" value={text} onChange={setTyped} onApply={(next) => onApply(next)} onAnalysis={(of, { diagnostics }) => setDoubts({ text: of, all: diagnostics.filter(({ code }) => code === 'weir/unknown-name') })} placeholder='SeverityNumber >= 13 and ServiceName == "cart"' /><Kbd>/</Kbd></div>
        <Button variant="primary" kbd="Enter" onClick={() => onApply(typed)}>Apply</Button>
        {live && <Button icon={paused ? 'play' : 'pause'} on={paused} onClick={() => onPause(!paused)} aria-keyshortcuts="Space">{paused ? 'Resume' : 'Pause'}<kbd className="kbd hide-n">Space</kbd></Button>}
        {views}
        <ColumnPicker columns={columns} known={known} onChange={onColumns} />
        <IconButton icon="wrap" label="Wrap long lines" on={wrap} onClick={() => onWrap(!wrap)} className="hide-n" />
      </div>
      {problem !== null && (
        <div className="tail-problem" role="alert">
          <Icon name="warn" size="s" />
          <span className="grow">{problem.diagnostics.length === 0 ? 'This text is not a filter.' : problem.diagnostics.slice(0, 2).map((one) => `${one.message}${one.help === undefined ? '' : ` ${one.help}`}`).join(' ')} The filter of before stays in force.</span>
        </div>
      )}
      {doubt !== undefined && (
        <div className="tail-problem tail-doubt" role="status">
          <Icon name="info" size="s" />
          <span className="grow">{doubt.message} {doubt.help}</span>
          {doubt.fixes?.slice(0, 1).map(({ title, edits }) => <Button key={title} size="s" onClick={() => onApply(withEdits(typed, edits))}>{title}</Button>)}
        </div>
      )}
    </>
  );
}
