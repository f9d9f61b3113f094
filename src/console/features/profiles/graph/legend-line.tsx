// What the colours mean, in a line.
import type { Legend } from './colours.ts';

export function LegendLine({ legend, palette }: { readonly legend: Legend; readonly palette: readonly string[] }) {
  if ('entries' in legend) return <span className="prof-keys" role="group" aria-label="Colours">{legend.entries.map(({ label, index }) => <span key={label}><i style={{ background: palette[index] }} />{label}</span>)}</span>;
  return <span className="prof-keys scale" role="group" aria-label="Colours"><span>{legend.scale[0]}</span>{palette.slice(0, legend.steps).map(colour => <i key={colour} style={{ background: colour }} />)}<span>{legend.scale[1]}</span></span>;
}
