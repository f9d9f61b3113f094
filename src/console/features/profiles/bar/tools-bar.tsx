// How it is looked at: view, colour, search with the share that was found, folded recursion.
import { useEffect, useState, type RefObject } from 'react';
import { searchBoxes } from '../../../../profiles/index.ts';
import { profileColours, profileViews, type ProfileColour, type ProfileView } from '../../../state/index.ts';
import { Button, Icon, Input, Segmented } from '../../../ui/index.ts';
import { colourMode } from '../graph/use-paint.ts';
import { shareText } from '../model/weight-words.ts';
import type { PaneProps } from '../pane-props.ts';

const viewWords: Readonly<Record<ProfileView, readonly [label: string, says: string]>> = {
  flame: ['Flame', 'Merged, the heaviest left; calls grow upwards'], time: ['Time order', 'As it ran, from left to right'], icicle: ['Icicle', 'Merged, calls grow downwards'],
  tree: ['Tree', 'The calls as a table'], inverted: ['Inverted', 'From each function up to who called it, as a table'], sandwich: ['Sandwich', 'Who calls the chosen function, and what it calls'],
};
const colourWords: Readonly<Record<ProfileColour, string>> = { package: 'Package', type: 'Type', self: 'Self time', change: 'Change' };

export function ToolsBar({ find, ...props }: PaneProps & { readonly find: RefObject<HTMLInputElement | null> }) {
  const { scene, search, moves, set } = props;
  const views = profileViews.filter(view => view !== 'time' || scene.profile.hasTimes);
  const mode = colourMode(props);
  const graph = scene.view !== 'tree' && scene.view !== 'inverted';
  const colours = profileColours.filter(each => each !== 'change' || (scene.diff !== null && (scene.view === 'flame' || scene.view === 'icicle'))).filter(each => each !== 'self' || scene.view !== 'time');
  return (
    <div className="bar prof-tools">
      <Segmented label="View" value={scene.view} onChange={moves.view} options={views.map((view, at) => ({ value: view, label: viewWords[view][0], title: `${viewWords[view][1]} (${at + 1})` }))} />
      {graph && <><span className="t3 meta hide-n">Colour</span><Segmented label="Colour" value={mode} onChange={colour => set({ colour: colour === (scene.diff === null ? 'package' : 'change') ? undefined : colour })} options={colours.map(colour => ({ value: colour, label: colourWords[colour] }))} /></>}
      <Search {...props} find={find} />
      <Button size="s" icon="route" on={search.folded ?? false} title="Calls of a function to itself are one box (R)" onClick={moves.fold}>{search.folded === true ? 'Recursion folded' : 'Fold recursion'}</Button>
    </div>
  );
}

const settleMs = 180;

function Search({ scene, search, set, find }: PaneProps & { readonly find: RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState(search.find ?? '');
  const [from, setFrom] = useState(search.find);
  // A link or the browser's Back changed it.
  if (from !== search.find) { setFrom(search.find); if ((search.find ?? '') !== text.trim()) setText(search.find ?? ''); }
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim();
    if (wanted === search.find) return undefined;
    const timer = setTimeout(() => set({ find: wanted }, { replace: true }), settleMs);
    return () => clearTimeout(timer);
  });
  const { matches, matchFailure, diff, merged } = scene;
  const share = matches === null ? null : searchBoxes((diff ?? merged).boxes, matches).share;
  return (
    <span className="prof-search" role="search">
      <Icon name="search" size="s" className="t3" />
      <Input ref={find} small mono aria-label="Find functions by a pattern" title={matchFailure === null ? 'A pattern (RE2): hanoi|price' : `${matchFailure.message} ${matchFailure.help}`} placeholder="hanoi|price" value={text} aria-invalid={matchFailure !== null || undefined} onChange={event => setText(event.target.value)} onKeyDown={event => { if (event.key === 'Escape') { setText(''); set({ find: undefined }, { replace: true }); event.currentTarget.blur(); } }} />
      <span className="prof-found" role="status">{matchFailure !== null ? <span className="chip danger" title={matchFailure.message}>no pattern<span className="vh">: {matchFailure.message}</span></span> : share !== null && <span className="chip accent">{shareText(share)}<span className="vh"> of the whole is in functions that were found</span></span>}</span>
    </span>
  );
}
