// What each pane of an open snapshot is given.
import type { NodeDetails } from '../../../heap/index.ts';
import type { HeapSearch } from '../../state/index.ts';
import type { HeapClient, OpenedHeap } from '../../workers/heap/index.ts';
import type { BaseState } from './open/use-base.ts';
import type { Revealing } from './reveal/use-reveal.ts';

export interface PaneProps {
  readonly client: HeapClient; readonly heap: OpenedHeap; readonly base: BaseState; readonly reveal: Revealing;
  readonly search: HeapSearch; readonly set: (patch: Partial<HeapSearch>, options?: { readonly replace?: boolean }) => void;
  /** The object that is looked at. */
  readonly details: NodeDetails | null;
}
