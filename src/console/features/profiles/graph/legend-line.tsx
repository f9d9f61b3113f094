// What the colours mean, in a line.
import type { Legend } from '../../../flame/index.ts';

export function LegendLine({ legend, palette }: { readonly legend: Legend; readonly palette: readonly string[] }) {
  if ('entries' in legend) return <span className="prof-keys" role="group" aria-label="Colours">{legend.entries.map(({ label, index }) => <span key={label} title={label}><i style={{ background: palette[index] }} />{withoutScope(label)}</span>)}</span>;
  return <span className="prof-keys scale" role="group" aria-label="Colours"><span>{legend.scale[0]}</span>{palette.slice(0, legend.steps).map(colour => <i key={colour} style={{ background: colour }} />)}<span>{legend.scale[1]}</span></span>;
}

/** "@opentelemetry/api" as "api": the line is short, and the whole name is its title. */
const withoutScope = (label: string): string => label.replace(/^@[^/]+\//, '');
