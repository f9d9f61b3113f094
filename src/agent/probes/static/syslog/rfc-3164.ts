// RFC 3164 after its PRI, as it is found: with or without a time (Mmm dd hh:mm:ss, a year, a fraction, RFC 3339, Cisco's sequence number and
// colon), with or without a host name (programs that write to /dev/log have none), with or without TAG[pid].
import { bsdTimeAt, isoTimeAt } from '../fields/timestamp.ts';
import type { SyslogMessage } from './message.ts';

type Old = Pick<SyslogMessage, 'unixNano' | 'hostName' | 'appName' | 'procId' | 'text'>;

/** Cisco: `<189>123: *Oct 11 …` */
const sequenceForm = /\d{1,10}: (?=[*.]?[A-Z])/y;
const afterTimeForm = /(?: [A-Z]{3,4}(?=:))?:? +/y;
const hostForm = /([\w.:-]*[\w.-]) +(?=\S)/y;
const tagForm = /([\w./@-]{1,128})(?:\[([^\]\s]{1,128})\])?:(?: |$)/y;

export function parse3164(text: string, at: number, nowUnixMs: number): Old {
  const start = after(sequenceForm, text, at) ?? at;
  const time = isoTimeAt(text, start) ?? bsdTimeAt(text, start, nowUnixMs);
  if (time === null) return { unixNano: null, hostName: null, ...tagged(text, at) };
  const from = after(afterTimeForm, text, time.end) ?? time.end;
  const host = match(tagForm, text, from) === null ? match(hostForm, text, from) : null;
  return { unixNano: time.unixNano, hostName: host?.[1] ?? null, ...tagged(text, host === null ? from : from + host[0].length) };
}

function tagged(text: string, at: number): Pick<Old, 'appName' | 'procId' | 'text'> {
  const tag = match(tagForm, text, at);
  return { appName: tag?.[1] ?? null, procId: tag?.[2] ?? null, text: text.slice(at + (tag?.[0].length ?? 0)) };
}

function match(form: RegExp, text: string, at: number): RegExpExecArray | null {
  form.lastIndex = at;
  return form.exec(text);
}

/** The index after it. */
function after(form: RegExp, text: string, at: number): number | null {
  const found = match(form, text, at);
  return found === null ? null : at + found[0].length;
}
