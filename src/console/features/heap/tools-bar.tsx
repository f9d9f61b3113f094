// Which view, and what of it: search and the least size; what the two colours of the bars mean while two snapshots are compared.
import { useEffect, useState } from 'react';
import { heapViews, usePreferences, type HeapView } from '../../state/index.ts';
import { formatBytes, formatClock, Icon, Input, Segmented, Select } from '../../ui/index.ts';
import type { Artifact } from '../../../model/index.ts';
import type { PaneProps } from './pane-props.ts';
import { RevealButton } from './reveal/reveal-button.tsx';
import { takenAt } from './words/snapshots.ts';

const viewNames: Readonly<Record<HeapView, string>> = { summary: 'Summary', comparison: 'Comparison', dominators: 'Dominators', containment: 'Containment', strings: 'Strings', duplicates: 'Duplicates' };
const sizes = [0, 1024, 16 * 1024, 256 * 1024, 1024 ** 2, 16 * 1024 ** 2] as const;
/** Typing is over for so long before it is searched for. */
const settleMs = 250;

export function ToolsBar({ search, set, base, reveal, compared }: PaneProps & { /** The earlier snapshot. */ readonly compared: Artifact | null }) {
  const zone = usePreferences(state => state.timeZone);
  const least = search.least ?? 0;
  const filtered = (search.view ?? 'summary') !== 'comparison' && search.view !== 'containment' && search.view !== 'duplicates';
  const options = [...new Set<number>([...sizes, least])].toSorted((a, b) => a - b);
  return (
    <div className="bar heap-tools">
      <Segmented label="View" value={search.view ?? 'summary'} options={heapViews.map(value => ({ value, label: viewNames[value] }))} onChange={view => set({ view: view === 'summary' ? undefined : view })} />
      <Find value={search.find ?? ''} onChange={find => set({ find: find === '' ? undefined : find }, { replace: true })} />
      {filtered && <Select size="s" label="Retained at least" value={String(least)} onChange={value => set({ least: value === '0' ? undefined : Number(value) })} options={options.map(size => ({ value: String(size), label: size === 0 ? 'Retained: all' : `Retained at least ${formatBytes(size)}` }))} />}
      {base.state === 'open' && search.view === undefined && (
        <span className="legend"><span className="nw"><i style={{ background: 'var(--accent-line)' }} />retained {compared === null ? 'before' : `at ${formatClock(takenAt(compared), zone).slice(0, 5)}`}</span><span className="nw"><i style={{ background: 'var(--sev-warn)' }} />grown since</span></span>
      )}
      <span className="end"><RevealButton reveal={reveal} /></span>
    </div>
  );
}

function Find({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const [typed, setTyped] = useState({ from: value, text: value });
  const text = typed.from === value ? typed.text : value;
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(text.trim()), settleMs);
    return () => clearTimeout(timer);
  });
  return <span className="heap-find"><Icon name="search" size="s" className="t3" /><Input small mono aria-label="Find a constructor or an id" placeholder="Constructor or @id" value={text} onChange={event => setTyped({ from: value, text: event.target.value })} onKeyDown={event => { if (event.key === 'Enter') onChange(text.trim()); else if (event.key === 'Escape' && text !== '') { event.stopPropagation(); setTyped({ from: value, text: '' }); onChange(''); } }} /></span>;
}
