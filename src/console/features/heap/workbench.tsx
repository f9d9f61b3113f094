// An open snapshot: bars and suspects above, the chosen view in the middle, the object that is looked at beside it.
import { useEffect } from 'react';
import { useLocalFiles } from '../../state/index.ts';
import { Button, formatPercent, Icon, ResizablePanes } from '../../ui/index.ts';
import type { HeapClient, OpenedHeap } from '../../workers/heap/index.ts';
import { HeapBar, type HeapBarProps } from './bar/heap-bar.tsx';
import { baseSource } from './open/base-source.ts';
import { wholeShare } from './open/opening.tsx';
import { useAnswer } from './open/use-answer.ts';
import { useBase, type BaseState } from './open/use-base.ts';
import type { PaneProps } from './pane-props.ts';
import { RevealDialog } from './reveal/reveal-dialog.tsx';
import { useReveal } from './reveal/use-reveal.ts';
import { SidePane } from './side/side-pane.tsx';
import { SuspectsPane } from './suspects/suspects-pane.tsx';
import { ToolsBar } from './tools-bar.tsx';
import { ViewPane } from './views/view-pane.tsx';

export type WorkbenchProps = Omit<HeapBarProps, 'comparing' | 'reveal'> & { readonly heap: OpenedHeap; readonly client: HeapClient };

/** As wide as the side pane is at first, by the window's width. */
const narrow = 1180;

export function Workbench(props: WorkbenchProps) {
  const { heap, client, search, set, artifact, artifacts, file } = props;
  const reveal = useReveal(artifact);
  const files = useLocalFiles(state => state.files);
  const base = useBase(client, search.compare, baseSource(search.compare, artifacts, files));
  const key = base.state === 'open' ? base.key : '';
  const suspects = useAnswer(client, 'suspects', [reveal.on], key);
  const looked = search.node ?? suspects.value?.[0]?.id;
  const object = useAnswer(client, 'object', looked === undefined ? null : [looked, reveal.on]);
  const details = looked === undefined || object.value?.node.id !== looked ? null : object.value;
  const name = artifact?.name ?? file?.name ?? 'Heap snapshot';
  useEffect(() => { document.title = `${name} – Weir`; return () => { document.title = 'Weir'; }; }, [name]);
  const shared: PaneProps = { client, heap, base, reveal, search, set, details };
  const wide = innerWidth >= narrow;
  return (
    <div className="col grow heap">
      <HeapBar {...props} comparing={comparingWords(base)} reveal={reveal} />
      {base.state === 'failed' && <p className="heap-note bad" role="alert"><Icon name="warn" size="s" className="red" /><span className="grow">The other snapshot cannot be compared with: {base.failure.message} {base.failure.help}</span><Button size="s" onClick={() => set({ compare: undefined })}>End the comparison</Button></p>}
      <SuspectsPane {...shared} suspects={suspects} />
      <ToolsBar {...shared} compared={artifacts.find(({ id }) => id === search.compare) ?? null} />
      <ResizablePanes id="heap.side" label="the chosen object" defaultSize={wide ? 440 : 340} minSize={260} maxSize={720} first={<ViewPane {...shared} />} second={<SidePane {...shared} missing={object.value === null && !object.stale ? looked ?? null : null} />} />
      <RevealDialog reveal={reveal} name={name} />
    </div>
  );
}

const comparingWords = (base: BaseState): string | null => (base.state === 'opening' ? `is read, ${formatPercent(wholeShare(base.progress), 0)}` : null);
