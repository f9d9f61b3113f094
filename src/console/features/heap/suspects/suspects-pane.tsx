// What most likely keeps the heap from shrinking, in plain words, the largest first. Pressing one looks at its object.
import { useState } from 'react';
import type { Suspect } from '../../../../heap/index.ts';
import { Button, certaintyWords, formatBytes, formatCount, formatDuration, formatPercent, IconButton, PaneHeader, SuspectWords } from '../../../ui/index.ts';
import type { Answer } from '../open/use-answer.ts';
import type { PaneProps } from '../pane-props.ts';
import { Bar, signed } from '../views/columns.tsx';

export function SuspectsPane({ heap, base, details, set, suspects: { value, failure } }: PaneProps & { readonly suspects: Answer<readonly Suspect[]> }) {
  const [closed, setClosed] = useState(false);
  const otherProcess = base.state === 'open' && base.base.by === 'classes';
  const compared = base.state === 'open' && !otherProcess;
  const count = value?.length ?? 0;
  const found = value === undefined ? 'looking for them' : count === 0 ? 'none: nothing holds an unusual share' : `${formatCount(count)} found ${compared ? 'by comparing the two snapshots: what grew, what holds it, and why it cannot go' : 'in this snapshot; an earlier one beside it tells what grows'}`;
  return (
    <section aria-label="Leak suspects" className="heap-suspects">
      <PaneHeader title="Leak suspects" meta={found}>
        <span className="meta t3 nw hide-n" title={`It holds ${formatBytes(heap.heldBytes)} for a file of ${formatBytes(heap.fileBytes)}`}>{formatCount(heap.nodes)} objects read in {formatDuration(heap.tookMs)}, {formatBytes(heap.heldBytes)} held</span>
        {count > 0 && <IconButton icon={closed ? 'right' : 'chev'} label={closed ? 'Show the suspects' : 'Hide the suspects'} aria-expanded={!closed} size="s" variant="ghost" onClick={() => setClosed(!closed)} />}
      </PaneHeader>
      {failure !== null && <p className="heap-note bad" role="alert">{failure.message} {failure.help}</p>}
      {otherProcess && <p className="heap-note warn"><span className="grow">V8 numbered the objects of these two anew: they are of two processes, or of two runs of the action. Only how many objects each class has is compared; which ones came or went cannot be told. A memory dump with “and again after” takes two that can.</span><Button size="s" onClick={() => set({ compare: undefined })}>End the comparison</Button></p>}
      {!closed && count > 0 && <ol className="heap-suspect-list" tabIndex={-1}>{value?.map((suspect, at) => <li key={`${suspect.kind} ${suspect.id}`}><SuspectRow suspect={suspect} rank={at + 1} heapBytes={heap.heapBytes} on={details?.node.id === suspect.id} onClick={() => set({ node: suspect.id })} /></li>)}</ol>}
    </section>
  );
}

function SuspectRow({ suspect, rank, heapBytes, on, onClick }: { readonly suspect: Suspect; readonly rank: number; readonly heapBytes: number; readonly on: boolean; readonly onClick: () => void }) {
  const { words, detail, retained, grown, certainty } = suspect;
  const [word, title] = certaintyWords[certainty];
  const before = grown === null ? retained : Math.max(0, retained - grown);
  return (
    <button type="button" className={`heap-suspect ${certainty}`} aria-pressed={on} onClick={onClick}>
      <span className="heap-rank" aria-hidden="true">{rank}</span>
      <span className="heap-suspect-words"><SuspectWords parts={words} /></span>
      <Bar now={retained / heapBytes} before={before / heapBytes} />
      <span className="num heap-suspect-size"><b className="b">{formatBytes(retained)}</b>{grown !== null && grown !== 0 && <span className={grown > 0 ? 'amb' : 't3'}> {signed(grown, formatBytes)}</span>}</span>
      <span className="heap-suspect-detail"><SuspectWords parts={detail} /></span>
      <span className="t3 meta">{formatPercent(retained / heapBytes)} of {formatBytes(heapBytes)}</span>
      <span className="t3 meta num" title={title}>{word}<span className="vh">: {title}</span></span>
    </button>
  );
}
