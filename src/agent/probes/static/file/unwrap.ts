// What container runtimes put around a line. CRI (containerd, CRI-O): `TIME STREAM TAGS TEXT`, where the tag P says that the line goes on in the next
// one of its stream. Docker's json-file: `{"log":TEXT,"stream":…,"time":…}`, where a text without a line feed at its end goes on.
import { isoTimeAt } from '../fields/timestamp.ts';

export type FileFormat = 'json' | 'logfmt' | 'plain' | 'cri' | 'docker';
export interface Unwrapped { readonly text: string; /** Null where nothing was around it. */ readonly stream: string | null; readonly unixNano: bigint | null; readonly goesOn: boolean }

const criForm = /^(\S{20,40}) (stdout|stderr) ([A-Z](?::[^ ]*)?)(?: |$)/;

/** A line that is not of this form is a line as it is. */
export function unwrap(line: string, format: FileFormat): Unwrapped {
  const inner = format === 'cri' ? ofCri(line) : format === 'docker' ? ofDocker(line) : null;
  return inner ?? { text: line, stream: null, unixNano: null, goesOn: false };
}

export function ofCri(line: string): Unwrapped | null {
  const found = criForm.exec(line);
  if (found === null) return null;
  const time = isoTimeAt(found[1]!);
  return time === null ? null : { text: line.slice(found[0].length), stream: found[2]!, unixNano: time.unixNano, goesOn: found[3]!.startsWith('P') };
}

export function ofDocker(line: string): Unwrapped | null {
  if (!line.startsWith('{"')) return null;
  let read: { log?: unknown; stream?: unknown; time?: unknown };
  try { read = JSON.parse(line) as typeof read; } catch { return null; }
  const { log, stream, time } = read;
  if (typeof log !== 'string' || typeof time !== 'string') return null;
  const ends = log.endsWith('\n');
  return { text: ends ? log.slice(0, log.endsWith('\r\n') ? -2 : -1) : log, stream: typeof stream === 'string' ? stream : null, unixNano: isoTimeAt(time)?.unixNano ?? null, goesOn: !ends };
}
