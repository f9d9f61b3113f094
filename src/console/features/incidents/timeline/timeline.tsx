// Everything that happened on one time axis: records a second, triggers, actions as spans, artifacts, deployments, notes. The
// entries say the same in words.
import { useRef } from 'react';
import type { IncidentDetail, IncidentRates } from '../../../../model/index.ts';
import { usePreferences } from '../../../state/index.ts';
import { formatClock, formatRate, plural } from '../../../ui/index.ts';
import { xOf, type Axis, type Span } from './axis.ts';
import { AxisTicks, Cursor, Opened, OpenSpans, Pointed, type OpenSpan } from './axis-marks.tsx';
import { ActionsLane } from './action-lane.tsx';
import { actionLane, actionRowPx, laneEntries, marksOf, mostActionRows, rateAt, rateShape, type LaneKind } from './lanes.ts';
import { MarksLane } from './marks-lane.tsx';
import { shortWords } from './short-words.ts';
import { useLow } from './use-low.ts';
import { useRange } from './use-range.ts';
import { useWidth } from './use-width.ts';

export interface TimelineProps { readonly detail: IncidentDetail; readonly rates: IncidentRates | null; readonly span: Span; readonly nowMs: number; readonly onPart: (part: Span | null) => void; /** What is open below, and the time that it is about. */ readonly open?: readonly OpenSpan[] }

const names = { trigger: 'Triggers', artifact: 'Artifacts', deployment: 'Deployments', note: 'Notes' } as const satisfies Record<LaneKind, string>;
const labelPx = 124, endPx = 16, axisPx = 20;
const kinds = ['trigger', 'artifact', 'deployment', 'note'] as const satisfies readonly LaneKind[];
const roomy = { ratePx: 66, markPx: 30, rows: mostActionRows, empty: true };
/** In a low window what is below has the room: lanes are lower, and those with nothing in them are left out. */
const low = { ratePx: 44, markPx: 24, rows: 3, empty: false };

export function Timeline({ detail, rates, span, nowMs, onPart, open = [] }: TimelineProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const zone = usePreferences(state => state.timeZone);
  const axis: Axis = { ...span, leftPx: labelPx, widthPx: Math.max(120, width - labelPx - endPx) };
  const { cursorMs, draft, handlers } = useRange(axis, onPart);
  const { ratePx, markPx, rows, empty } = useLow() ? low : roomy;
  const entries = Object.fromEntries(kinds.map(kind => [kind, laneEntries(detail, kind)])) as Record<LaneKind, ReturnType<typeof laneEntries>>;
  const lanePx = (kind: LaneKind) => (empty || entries[kind].length > 0 ? markPx : 0);
  const acts = actionLane(detail.actions, axis, Math.min(nowMs, span.toMs), shortWords, rows);
  const trigger = axisPx + ratePx, actions = trigger + lanePx('trigger'), artifact = actions + acts.rows * actionRowPx + 12, deployment = artifact + lanePx('artifact'), note = deployment + lanePx('deployment');
  const tops = { rates: axisPx, trigger, actions, artifact, deployment, note };
  const height = note + lanePx('note');
  const moment = cursorMs === null ? '' : `${formatClock(cursorMs, zone)}${rateWords(rates, cursorMs)}`;
  const said = draft === null ? moment : `${formatClock(draft.fromMs, zone)} to ${formatClock(draft.toMs, zone)}: let go, or press Enter, to see only this`;
  return (
    <div ref={box} className="inc-timeline" role="group" tabIndex={0} aria-label="Timeline" aria-describedby="inc-timeline-keys" {...handlers}>
      <svg width={width} height={height} role="img" aria-label={summaryOf(detail)}>
        <AxisTicks axis={axis} height={height} flagPx={xOf(axis, Date.parse(detail.incident.openedAt))} />
        <RatesLane rates={rates} axis={axis} top={tops.rates} height={ratePx} width={width} />
        {kinds.filter(kind => lanePx(kind) > 0).map(kind => <MarksLane key={kind} name={names[kind]} kind={kind} top={tops[kind]} height={markPx} width={width} marks={marksOf(entries[kind], axis, entry => shortOf(detail, entry.text, entry.artifact))} />)}
        <OpenSpans spans={open} axis={axis} y={tops.artifact + markPx - 4} />
        <ActionsLane lane={acts} incident={detail.incident} top={tops.actions} width={width} />
        <path d={`M${labelPx - 8} 0V${height}`} className="inc-grid" />
        <Opened axis={axis} at={Date.parse(detail.incident.openedAt)} height={height} label={formatClock(Date.parse(detail.incident.openedAt), zone)} />
        {draft !== null && <rect className="inc-draft" x={xOf(axis, draft.fromMs)} y={axisPx} width={Math.max(1, xOf(axis, draft.toMs) - xOf(axis, draft.fromMs))} height={height - axisPx} />}
        <Pointed axis={axis} height={height} />
        {cursorMs !== null && <Cursor x={xOf(axis, cursorMs)} height={height} label={moment} edge={width} />}
      </svg>
      <span id="inc-timeline-keys" className="vh">Arrow keys move in time, Shift and arrow keys choose a range, Enter takes it, Escape shows the whole time.</span>
      <span className="vh" role="status">{said}</span>
    </div>
  );
}

function RatesLane({ rates, axis, top, height, width }: { readonly rates: IncidentRates | null; readonly axis: Axis; readonly top: number; readonly height: number; readonly width: number }) {
  const shape = rates === null ? null : rateShape(rates, axis, top, height);
  const measured = rates?.received.some(value => value !== null) ?? false;
  return (
    <g>
      <path d={`M0 ${top}H${width}`} className="inc-grid" />
      <text x={12} y={top + 18} className="inc-lane">Records in</text>
      <text x={12} y={top + 34}>{rates === null ? 'reading' : measured ? `up to ${formatRate(shape?.most ?? 0)}/s` : 'not measured'}</text>
      {shape !== null && <><path d={shape.area} className="inc-area" /><path d={shape.line} className="inc-line" /></>}
    </g>
  );
}

const rateWords = (rates: IncidentRates | null, at: number): string => {
  const rate = rates === null ? null : rateAt(rates, at);
  return rate === null ? '' : `, ${formatRate(rate)}/s in`;
};

/** Of an artifact its kind, of a trigger where it led: the list has all of it. */
function shortOf({ artifacts }: IncidentDetail, text: string, artifact: string | null): string {
  const found = artifact === null ? undefined : artifacts.find(({ id }) => id === artifact);
  const [, key, to] = /^\S+(?: \(([^)]*)\))? went from .{1,63}? to (.{1,63}?):/.exec(text) ?? [];
  const short = found?.kind ?? (to === undefined ? text : key === undefined ? to : `${key} is ${to}`);
  return short.length > 44 ? `${short.slice(0, 43)}…` : short;
}

function summaryOf({ incident, timeline, actions, artifacts }: IncidentDetail): string {
  const deployed = timeline.filter(({ kind }) => kind === 'deployment').length;
  return `Timeline of ${incident.title}: ${plural(incident.triggers, 'trigger')}, ${plural(actions.length, 'action')}, ${plural(artifacts.length, 'artifact')}, ${plural(deployed, 'deployment')}. Entries has each in words.`;
}
