// The line above a graph: what is left out of it, each with the way back; what the colours mean; what is drawn.
import { Button, plural } from '../../../ui/index.ts';
import { formatNanos, percent, secondsText } from '../model/weight-words.ts';
import type { PaneProps } from '../pane-props.ts';
import type { Legend } from '../../../flame/index.ts';
import { LegendLine } from './legend-line.tsx';

export function CaptionLine({ scene, search, moves, legend, palette, says, leftOut = null }: PaneProps & { readonly legend: Legend | null; readonly palette: readonly string[]; readonly says: string; /** What is not drawn. */ readonly leftOut?: string | null }) {
  const { focusFunction, idle } = scene.selection;
  const { aside, total } = scene;
  const whole = idle ? total : total + aside.idle;
  return (
    <div className="prof-caption">
      {focusFunction !== null && <Button size="s" on iconAfter="x" title="All stacks again" onClick={() => moves.focus(null)}>from <span className="mono">{scene.names.name(focusFunction)}</span> on</Button>}
      {(search.hidden ?? []).map(name => <Button key={name} size="s" on iconAfter="x" title="Show it again" onClick={() => moves.unhide(name)}>without <span className="mono">{name}</span></Button>)}
      {scene.selection.fromNanos !== null && scene.selection.toNanos !== null && <Button size="s" on iconAfter="x" title="The whole time again" onClick={() => moves.range(null)}>{secondsText(scene.selection.fromNanos)} to {secondsText(scene.selection.toNanos)} s</Button>}
      {aside.idle > 0 && focusFunction === null && scene.view !== 'time' && <Button size="s" on={idle} title={idle ? 'Shares are of the whole time. Leave out what was idle' : 'Shares are of what was busy. Count idle time too'} onClick={moves.idle}>{idle ? 'with' : 'without'} {percent(aside.idle, whole)} idle</Button>}
      {aside.gaps > 0 && <span className="meta t2 nw" title="The process stood still, or the sampler was late: a quarter of a second and fifty usual intervals at least. As in the file, this time counts to the sample before it.">{formatNanos(aside.notSampledNanos)} that nobody sampled, in {plural(aside.gaps, 'gap')}, counted to the sample before it</span>}
      {leftOut !== null && <span className="meta amb nw" role="status">{leftOut}</span>}
      {legend !== null && <span className="prof-legend"><LegendLine legend={legend} palette={palette} /></span>}
      <span className="end t3 meta ell">{says}</span>
    </div>
  );
}
