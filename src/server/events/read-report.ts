// A report of an agent, read. What cannot be an event costs that event only, and is counted: the rest of what the agent saw is not lost with it.
import { z } from 'zod';
import { eventReport, eventSeen, type EventReport, type EventSeen } from '../../model/index.ts';

/** One report of an agent; it bounds its own far below. */
const mostReportBytes = 16 * 1024 * 1024;
const envelope = eventReport.extend({ events: z.array(z.unknown()) });

export interface ReadReport { readonly report: EventReport; /** Events that could not be read. */ readonly refused: number }

/** Null when it is no report at all, or larger than 16 MiB. */
export function readReport(data: Uint8Array): ReadReport | null {
  if (data.length > mostReportBytes) return null;
  const read = envelope.safeParse(parsed(data));
  if (!read.success) return null;
  const events: EventSeen[] = [];
  for (const one of read.data.events) {
    const event = eventSeen.safeParse(one);
    if (event.success) events.push(event.data);
  }
  return { report: { ...read.data, events }, refused: read.data.events.length - events.length };
}

function parsed(data: Uint8Array): unknown {
  try { return JSON.parse(Buffer.from(data).toString('utf8')); } catch { return null; }
}
