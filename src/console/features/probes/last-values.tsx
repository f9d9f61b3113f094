// The last hits of a probe, newest first: plain values in a line, objects as trees, and the stack of a snapshot. Who opens one holds the list.
import { useState } from 'react';
import type { ProbePlace } from '../../../model/index.ts';
import { Button, plural, Time } from '../../ui/index.ts';
import { numberWords } from './measured.tsx';
import { isBranch, ValueTree } from './value-tree.tsx';
import { valuesLine } from './words.ts';

type Hit = ProbePlace['latest'][number] & { readonly key: string };
const mostShown = 20;

export function LastValues({ places }: { readonly places: readonly ProbePlace[] }) {
  const [held, setHeld] = useState<readonly Hit[] | null>(null);
  const hits = newestOf(places);
  const shown = held ?? hits;
  // What has ended stands still by itself.
  const hold = () => { if (places.some(({ state }) => state === 'active' || state === 'paused')) setHeld(shown); };
  const newer = held === null ? 0 : newerThan(hits, held);
  return (
    <section aria-label="Last values">
      <div className="ph"><h2>Last values</h2><span className="meta">{held === null ? 'newest first' : newer === 0 ? 'held' : `held, ${newer === hits.length ? `${plural(newer, 'newer one')} or more` : plural(newer, 'newer one')}`}</span>{held !== null && <span className="row end"><Button size="s" icon="play" onClick={() => setHeld(null)}>Go on</Button></span>}</div>
      {shown.length === 0 ? <p className="pad t2">Nothing came by yet.</p> : <ol className="probe-hits">{shown.map(hit => <HitRow key={hit.key} hit={hit} onOpen={hold} />)}</ol>}
    </section>
  );
}

function HitRow({ hit: { unixMs, values, stack }, onOpen }: { readonly hit: Hit; readonly onOpen: () => void }) {
  const all = Object.entries(values);
  return (
    <li>
      <Time at={unixMs} />
      <div className="mono probe-hit">
        <span title={valuesLine(values)}>{all.map(([name, value]) => !isBranch(value) && <span key={name} className="probe-value"><span className="t3">{name}</span> {shownValue(name, value)}</span>)}</span>
        {all.map(([name, value]) => isBranch(value) && <div key={name} className="probe-branch"><span className="t3">{name}</span> <ValueTree value={value} onOpen={onOpen} /></div>)}
        {stack !== undefined && stack.length > 0 && <Stack frames={stack} onOpen={onOpen} />}
      </div>
    </li>
  );
}

function Stack({ frames, onOpen }: { readonly frames: readonly string[]; readonly onOpen: () => void }) {
  return (
    <details className="value-tree" onToggle={event => { if (event.currentTarget.open) onOpen(); }}>
      <summary><span className="t3">stack</span> {frames[0]}{frames.length > 1 && <span className="t3"> and {plural(frames.length - 1, 'caller')}</span>}</summary>
      {/* A frame may stand in it twice: recursion. */}
      <ol>{frames.map((frame, i) => <li key={`${i} ${frame}`}>{frame}</li>)}</ol>
    </details>
  );
}

/** A timer's number is milliseconds. */
const shownValue = (name: string, value: unknown) => (name === 'timer' && typeof value === 'number' ? <span className="k-n">{numberWords(value, 'ms')}</span> : <ValueTree value={value} />);

/** Newest first, with keys that stay the same while newer ones come. */
export function newestOf(places: readonly ProbePlace[]): readonly Hit[] {
  const hits = places.flatMap(({ latest, process }) => {
    const seen = new Map<number, number>();
    return latest.map((hit, at) => {
      const turn = seen.get(hit.unixMs) ?? 0;
      seen.set(hit.unixMs, turn + 1);
      return { ...hit, at, key: `${hit.unixMs} ${process?.pid ?? 0} ${turn}` };
    });
  });
  return hits.toSorted((a, b) => b.unixMs - a.unixMs || b.at - a.at).slice(0, mostShown);
}

function newerThan(hits: readonly Hit[], held: readonly Hit[]): number {
  const known = new Set(held.map(({ key }) => key));
  const first = hits.findIndex(({ key }) => known.has(key));
  return first < 0 ? hits.length : first;
}
