// One syslog message as text, taken apart. Formats: RFC 5424, and RFC 3164 with everything that goes by its name. Nothing is refused: what has
// no shape is a message all the same, and `isMalformed`.
import { parse3164 } from './rfc-3164.ts';
import { parse5424 } from './rfc-5424.ts';

export interface SyslogMessage {
  readonly facility: number | null;
  /** 0 to 7. */
  readonly severity: number | null;
  /** 5424's; null in RFC 3164. */
  readonly version: number | null;
  readonly unixNano: bigint | null;
  readonly hostName: string | null;
  readonly appName: string | null;
  readonly procId: string | null;
  readonly msgId: string | null;
  /** By `ID.NAME`; a name that comes more than once in its element has all its values. */
  readonly data: Readonly<Record<string, string | readonly string[]>> | null;
  readonly text: string;
  readonly isMalformed: boolean;
}

const highestPriority = 191;
const priorityForm = /<(\d{1,3})>/y;

export function parseSyslog(text: string, nowUnixMs: number): SyslogMessage {
  priorityForm.lastIndex = 0;
  const found = priorityForm.exec(text);
  const priority = Number(found?.[1] ?? Infinity);
  if (priority > highestPriority) return { ...nothing, ...parse3164(text, 0, nowUnixMs), isMalformed: true };
  const head = { facility: priority >> 3, severity: priority & 7 };
  const at = priorityForm.lastIndex;
  const modern = parse5424(text, at);
  return modern === null ? { ...nothing, ...head, ...parse3164(text, at, nowUnixMs) } : { ...nothing, ...head, ...modern };
}

const nothing: Omit<SyslogMessage, 'text'> = { facility: null, severity: null, version: null, unixNano: null, hostName: null, appName: null, procId: null, msgId: null, data: null, isMalformed: false };
