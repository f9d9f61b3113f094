// An open profile: bars above, heat map and graph or tree in the middle, tables below, the chosen function beside.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FlamePicture } from '../../flame/index.ts';
import { Button, EmptyState, ErrorState, Icon, Pane, ResizablePanes, SkeletonRows } from '../../ui/index.ts';
import type { OpenedProfile, ProfileClient } from '../../workers/profile/index.ts';
import { ProfileBar, type ProfileBarProps } from './bar/profile-bar.tsx';
import { ToolsBar } from './bar/tools-bar.tsx';
import { HeatPane } from './heat/heat-pane.tsx';
import { LowerPanes } from './lower/lower-panes.tsx';
import { MainPane } from './main-pane.tsx';
import { chosenOf } from './model/chosen.ts';
import { isNarrowed } from './model/selection.ts';
import { useMoves } from './model/use-moves.ts';
import { useScene } from './model/use-scene.ts';
import { useBase, type BaseState } from './open/use-base.ts';
import type { PaneProps } from './pane-props.ts';
import { SidePane } from './side/side-pane.tsx';
import { useProfileKeys } from './use-profile-keys.ts';

export type WorkbenchProps = Omit<ProfileBarProps, 'profile' | 'client' | 'picture' | 'comparing' | 'selection'> & { readonly profile: OpenedProfile; readonly client: ProfileClient };

/** As wide as the side pane is at first, by the window's width. */
const narrow = 1180;

export function Workbench(props: WorkbenchProps) {
  const { profile, client, search, set, artifact, artifacts } = props;
  const against = artifacts.find(({ id }) => id === search.against);
  const base = useBase(client, against);
  const { scene, ...rest } = useScene(profile, client, search, base.state === 'open' ? base.key : null);
  const settled = useSettled(scene !== null);
  const picture = useRef<FlamePicture | null>(null);
  const keepPicture = useCallback((drawn: FlamePicture | null) => { picture.current = drawn; }, []);
  const find = useRef<HTMLInputElement>(null);
  const chosen = scene === null ? null : chosenOf(scene, search.at);
  const moves = useMoves(scene, search, set);
  useProfileKeys(find, scene, chosen, moves, artifact);
  const bar = <ProfileBar {...props} picture={() => picture.current} selection={scene?.selection} comparing={comparingWords(base)} />;
  if (scene === null) return <div className="col grow">{bar}<Pane well className="grow">{'failure' in rest && rest.failure !== null ? <ErrorState title="The profile cannot be shown">{rest.failure.message} {rest.failure.help}</ErrorState> : <SkeletonRows rows={12} label="Laying out the graph" />}</Pane></div>;
  const shared = { scene, search, set, chosen, moves };
  const wide = innerWidth >= narrow;
  const graph = scene.samples === 0 && scene.view !== 'time' ? <Nothing {...shared} /> : <MainPane {...shared} onPicture={keepPicture} />;
  const middle = (
    <div className="col grow">
      {profile.hasTimes && <HeatPane {...shared} />}
      <ResizablePanes id="profiles.lower" label="the tables" direction="vertical" defaultSize={innerHeight < 800 ? 196 : 250} minSize={90} maxSize={600} first={<div className="col grow">{graph}</div>} second={settled ? <LowerPanes {...shared} /> : <Pane className="grow" label="Tables"><SkeletonRows rows={5} label="Counting functions" /></Pane>} />
    </div>
  );
  return (
    <div className="col grow prof">
      {bar}
      <ToolsBar {...shared} find={find} />
      {base.state === 'failed' && <p className="prof-note bad" role="alert"><Icon name="warn" size="s" className="red" /><span className="grow">{against?.name ?? 'The other profile'} cannot be compared with: {base.failure.message} {base.failure.help}</span><Button size="s" onClick={() => set({ against: undefined })}>End the comparison</Button></p>}
      <ResizablePanes id="profiles.side" label="the chosen function" defaultSize={wide ? 316 : 268} minSize={220} maxSize={560} first={middle} second={settled ? <SidePane {...shared} artifact={artifact} artifacts={artifacts} base={against ?? null} /> : <Pane className="grow" label="Function"><SkeletonRows rows={5} label="Summing up" /></Pane>} />
    </div>
  );
}

/** False until the graph was painted once: what stands around it comes in a task of its own, or the first one would be a long one. */
function useSettled(isShown: boolean): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    if (!isShown || settled) return undefined;
    let timer = 0;
    // A timer that a frame sets runs after the frame was painted.
    const frame = requestAnimationFrame(() => { timer = window.setTimeout(() => setSettled(true), 0); });
    return () => { cancelAnimationFrame(frame); clearTimeout(timer); };
  }, [isShown, settled]);
  return settled;
}

/** Why there is nothing to draw, and what brings something back. */
function Nothing({ scene: { selection, aside }, moves }: PaneProps) {
  if (aside.idleSamples > 0 && !selection.idle && selection.hiddenPackages.length === 0 && selection.focusFunction === null) return <EmptyState title="Nothing ran in this time" actions={<Button size="s" onClick={moves.idle}>Show the idle time</Button>}>The process waited from the first sample to the last.</EmptyState>;
  if (isNarrowed(selection)) return <EmptyState title="No sample is in this choice" actions={<Button size="s" onClick={moves.showAll}>Show all</Button>}>Time, threads, hidden packages and focus together leave nothing.</EmptyState>;
  return <EmptyState title="The profile holds no samples">It was stopped before the first one. Take a longer one.</EmptyState>;
}

function comparingWords(base: BaseState): string | null {
  if (base.state !== 'opening') return null;
  return base.progress.share === null ? 'is read' : `is read, ${Math.round(base.progress.share * 100)} %`;
}
