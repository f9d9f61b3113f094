// A small line for a table cell. Null is a gap: missing data is never drawn as zero.
export interface SparklineProps { readonly values: readonly (number | null)[]; readonly width?: number; readonly height?: number; readonly tone?: 'plain' | 'attn' | 'accent'; readonly label: string;
  /** A part of `values`, drawn over them in amber on the same scale. */
  readonly part?: readonly (number | null)[] }

export function Sparkline({ values, width = 72, height = 14, tone = 'plain', label, part }: SparklineProps) {
  const { line, fill } = sparkPaths(values, width, height);
  const over = part?.some(value => value !== null && value > 0) === true ? sparkPaths(part, width, height, largest(values)) : null;
  return (
    <svg className={tone === 'plain' ? 'spark' : `spark ${tone}`} width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path d={fill} fill="currentColor" opacity={0.16} /><path d={line} fill="none" stroke="currentColor" strokeWidth={1.25} />
      {over && <g className="spark attn"><path d={over.fill} fill="currentColor" opacity={0.3} /><path d={over.line} fill="none" stroke="currentColor" strokeWidth={1.25} /></g>}
    </svg>
  );
}

/** SVG paths of the line and of the ground under it, from zero to the largest value. */
export function sparkPaths(values: readonly (number | null)[], width: number, height: number, max = largest(values)): { readonly line: string; readonly fill: string } {
  const x = (i: number) => ((values.length < 2 ? 0 : i / (values.length - 1)) * width).toFixed(1);
  const y = (value: number) => (height - 1 - (value / max) * (height - 2)).toFixed(1);
  let line = '';
  let fill = '';
  let open: number | null = null;
  values.forEach((value, i) => {
    if (value === null) { if (open !== null) fill += `L${x(i - 1)} ${height}Z`; open = null; return; }
    line += `${open === null ? 'M' : 'L'}${x(i)} ${y(value)}`;
    fill += open === null ? `M${x(i)} ${height}L${x(i)} ${y(value)}` : `L${x(i)} ${y(value)}`;
    open ??= i;
  });
  if (open !== null) fill += `L${x(values.length - 1)} ${height}Z`;
  return { line, fill };
}

const largest = (values: readonly (number | null)[]): number => Math.max(1e-9, ...values.map(value => value ?? 0));
