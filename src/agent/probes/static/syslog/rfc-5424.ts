// RFC 5424 after its PRI: VERSION SP TIMESTAMP SP HOSTNAME SP APP-NAME SP PROCID SP MSGID SP STRUCTURED-DATA [SP MSG]. Lengths of the header's
// fields are not enforced: devices write longer ones.
import { isoTimeAt } from '../fields/timestamp.ts';
import type { SyslogMessage } from './message.ts';
import { structuredDataAt } from './structured-data.ts';

type Modern = Pick<SyslogMessage, 'version' | 'unixNano' | 'hostName' | 'appName' | 'procId' | 'msgId' | 'data' | 'text' | 'isMalformed'>;
const headForm = /([1-9]\d{0,2}) (\S+) (\S+) (\S+) (\S+) (\S+)(?: |$)/y;

/** Null when it is not of this form. Structured data that is not well-formed stays in the text, and the message counts as malformed. */
export function parse5424(text: string, at: number): Modern | null {
  headForm.lastIndex = at;
  const found = headForm.exec(text);
  if (found === null) return null;
  const [, version, stamp = '', hostName, appName, procId, msgId] = found;
  const time = stamp === '-' ? null : isoTimeAt(stamp);
  if (stamp !== '-' && time?.end !== stamp.length) return null;
  const data = structuredDataAt(text, headForm.lastIndex);
  return {
    version: Number(version), unixNano: time?.unixNano ?? null, hostName: value(hostName), appName: value(appName), procId: value(procId), msgId: value(msgId),
    data: data?.data ?? null, text: withoutMark(text, data?.end ?? headForm.lastIndex), isMalformed: data === null,
  };
}

/** NILVALUE is no value. */
const value = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text);

/** MSG may begin with a byte order mark that says it is UTF-8. */
function withoutMark(text: string, end: number): string {
  const from = text[end] === ' ' ? end + 1 : end;
  return text.slice(text[from] === '\ufeff' ? from + 1 : from);
}
