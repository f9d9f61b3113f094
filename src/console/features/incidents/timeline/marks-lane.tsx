// A lane of moments. Each kind has a shape of its own, for colour alone says nothing.
import type { LaneKind, LaneMark } from './lanes.ts';

export interface MarksLaneProps { readonly name: string; readonly kind: LaneKind; readonly top: number; readonly height: number; readonly width: number; readonly marks: readonly LaneMark[] }

const shapes: Readonly<Record<LaneKind, (x: number, y: number) => string>> = {
  trigger: (x, y) => `M${x} ${y - 7}l6 7-6 7-6-7z`, artifact: (x, y) => `M${x - 5} ${y - 6}h10v12h-10z`, deployment: (x, y) => `M${x - 6} ${y + 5}h12l-6-11z`, note: (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0`,
};

export function MarksLane({ name, kind, top, height, width, marks }: MarksLaneProps) {
  const y = top + height / 2;
  return (
    <g>
      <path d={`M0 ${top}H${width}`} className="inc-grid" />
      <text x={12} y={y + 4} className="inc-lane">{name}</text>
      {marks.map(({ id, x, says, label }) => (
        <g key={id} className={`inc-mark ${kind}`}>
          <title>{says}</title><path d={shapes[kind](x, y)} />
          {label !== null && <text x={label.side === 'right' ? x + 10 : x - 10} y={y + 4} textAnchor={label.side === 'right' ? 'start' : 'end'}>{label.text}</text>}
        </g>
      ))}
    </g>
  );
}
