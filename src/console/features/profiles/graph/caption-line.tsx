// The line above a graph: what is left out of it, each with the way back; what the colours mean; what is drawn.
import { Button } from '../../../ui/index.ts';
import { percent, secondsText } from '../model/weight-words.ts';
import type { PaneProps } from '../pane-props.ts';
import type { Legend } from '../../../flame/index.ts';
import { LegendLine } from './legend-line.tsx';

export function CaptionLine({ scene, search, moves, legend, palette, says }: PaneProps & { readonly legend: Legend | null; readonly palette: readonly string[]; readonly says: string }) {
  const { focusFunction, idle } = scene.selection;
  const { weight } = scene;
  return (
    <div className="prof-caption">
      {focusFunction !== null && <Button size="s" on iconAfter="x" title="All stacks again" onClick={() => moves.focus(null)}>from <span className="mono">{scene.names.name(focusFunction)}</span> on</Button>}
      {(search.hidden ?? []).map(name => <Button key={name} size="s" on iconAfter="x" title="Show it again" onClick={() => moves.unhide(name)}>without <span className="mono">{name}</span></Button>)}
      {scene.selection.fromNanos !== null && scene.selection.toNanos !== null && <Button size="s" on iconAfter="x" title="The whole time again" onClick={() => moves.range(null)}>{secondsText(scene.selection.fromNanos)} to {secondsText(scene.selection.toNanos)} s</Button>}
      {weight.idle > 0 && scene.view !== 'time' && <Button size="s" on={idle} title={idle ? 'Shares are of the whole time. Leave out what was idle' : 'Shares are of what was busy. Count idle time too'} onClick={moves.idle}>{idle ? 'with' : 'without'} {percent(weight.idle, weight.total)} idle</Button>}
      {legend !== null && <span className="prof-legend"><LegendLine legend={legend} palette={palette} /></span>}
      <span className="end t3 meta ell">{says}</span>
    </div>
  );
}
