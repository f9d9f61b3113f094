// What crosses every lane: the ticks of the axis, the moment that opened the incident, and the cursor.
import { usePreferences } from '../../../state/index.ts';
import { formatClock } from '../../../ui/index.ts';
import { usePointed } from '../beside/pointed.ts';
import { ticksOf, xOf, type Axis, type Span } from './axis.ts';

const flagRoomPx = 56;

/** @param flagPx where the flag of the opening stands: a tick's time gives way to it. */
export function AxisTicks({ axis, height, flagPx }: { readonly axis: Axis; readonly height: number; readonly flagPx: number }) {
  const zone = usePreferences(state => state.timeZone);
  const ticks = ticksOf(axis);
  const words = (t: number) => { const clock = formatClock(t, zone); return clock.endsWith(':00') ? clock.slice(0, 5) : clock; };
  return <g>{ticks.map(t => <g key={t}><path d={`M${xOf(axis, t).toFixed(1)} 20V${height}`} className="inc-grid" />{Math.abs(xOf(axis, t) - flagPx) > flagRoomPx && <text x={xOf(axis, t)} y={13} textAnchor="middle">{words(t)}</text>}</g>)}</g>;
}

/** From here on it is the incident. */
export function Opened({ axis, at, height, label }: { readonly axis: Axis; readonly at: number; readonly height: number; readonly label: string }) {
  if (at > axis.toMs) return null;
  const right = axis.leftPx + axis.widthPx;
  const x = Math.max(axis.leftPx, xOf(axis, at));
  return (
    <g>
      <rect x={x} y={20} width={Math.max(0, right - x)} height={height - 20} className="inc-during" />
      {at >= axis.fromMs && <><path d={`M${x} 20V${height}`} className="inc-opened" /><rect x={x - 32} y={2} width={64} height={17} rx={2} className="inc-flag" /><text x={x} y={14} textAnchor="middle" className="inc-flag-text">{label}</text></>}
    </g>
  );
}

export function Cursor({ x, height, label, edge }: { readonly x: number; readonly height: number; readonly label: string; readonly edge: number }) {
  const turned = x + 8 + label.length * 6.2 > edge;
  return <g aria-hidden="true"><path d={`M${x} 20V${height}`} className="inc-cursor" /><text x={turned ? x - 6 : x + 6} y={33} textAnchor={turned ? 'end' : 'start'} className="inc-cursor-text">{label}</text></g>;
}

/** The moment of the record that is pointed at below. It alone is drawn anew when that moves. */
export function Pointed({ axis, height }: { readonly axis: Axis; readonly height: number }) {
  const at = usePointed(state => state.atMs);
  const zone = usePreferences(state => state.timeZone);
  if (at === null || at < axis.fromMs || at > axis.toMs) return null;
  return <g className="inc-pointed-mark"><Cursor x={xOf(axis, at)} height={height} label={formatClock(at, zone, true)} edge={axis.leftPx + axis.widthPx} /></g>;
}

export interface OpenSpan extends Span { readonly side: string; readonly name: string }
const leastSpanPx = 3;

/** The times that the open artifacts are about, as thin bars: left above right. */
export function OpenSpans({ spans, axis, y }: { readonly spans: readonly OpenSpan[]; readonly axis: Axis; readonly y: number }) {
  return (
    <g>
      {spans.filter(({ fromMs, toMs }) => toMs >= axis.fromMs && fromMs <= axis.toMs).map(({ side, name, fromMs, toMs }) => {
        const [x, endX] = [Math.max(axis.leftPx, xOf(axis, fromMs)), Math.min(axis.leftPx + axis.widthPx, xOf(axis, toMs))];
        return <rect key={side} className="inc-open-span" x={x} y={side === 'left' ? y - 3 : y} width={Math.max(leastSpanPx, endX - x)} height={2}><title>{`${name}, open on the ${side}`}</title></rect>;
      })}
    </g>
  );
}
