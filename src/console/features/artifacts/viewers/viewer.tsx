// Chooses what shows an artifact's contents, or says what opens it elsewhere.
import type { Artifact } from '../../../../model/index.ts';
import { Icon } from '../../../ui/index.ts';
import { opensWith, viewerOf, type ViewerName } from '../words/artifact-words.ts';
import { ConfigViewer } from './config-viewer.tsx';
import { PacketViewer } from './packet-viewer.tsx';
import { TextViewer } from './text-viewer.tsx';
import { ThreadsViewer } from './threads-viewer.tsx';

export interface ViewerProps { readonly artifact: Artifact; readonly others: readonly Artifact[]; readonly against: string | undefined; readonly onAgainst: (id: string | undefined) => void }

/** Of what opens in a view of its own. */
const words: Readonly<Partial<Record<ViewerName, string>>> = {
  recording: 'It opens in the tail, with filter, facets and everything else that live records have.',
  heap: 'It opens beside others, with leak suspects, dominators, retainers and comparison.',
  profile: 'It opens as a flame graph, with tree, tables, time and comparison with others.',
};

export function Viewer(props: ViewerProps) {
  const { artifact } = props;
  const name = viewerOf(artifact);
  if (name === 'packets') return <PacketViewer artifact={artifact} />;
  if (name === 'threads') return <ThreadsViewer artifact={artifact} />;
  if (name === 'text') return artifact.kind === 'config' ? <ConfigViewer {...props} /> : <TextViewer artifact={artifact} />;
  return <p className="dump-note t2"><Icon name="info" size="s" />{words[name] ?? opensWith(artifact)}</p>;
}
