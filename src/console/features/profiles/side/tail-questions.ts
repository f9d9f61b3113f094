// Questions for the tail, as KQL: records of a place in the code, and of a time. Pure.

/** Logs name a file from where their program saw it: the last folder and the name are what both have. */
const endOf = (path: string): string => path.split('/').slice(-2).join('/');
const quoted = (text: string): string => JSON.stringify(text);

/** When, and of which service; null: at any time. */
export interface TimeOf { readonly fromMs: number; readonly toMs: number; readonly service: string | null }

export const recordsOfFile = (path: string, time: TimeOf | null): string => [`Attributes["code.file.path"] endswith ${quoted(endOf(path))}`, ...(time === null ? [] : [recordsOfTime(time.fromMs, time.toMs, time.service)])].join(' and ');
export const recordsOfLine = (path: string, line: number, time: TimeOf | null): string => `${recordsOfFile(path, time)} and Attributes["code.line.number"] == ${line}`;

/** @param service null: of every service. */
export function recordsOfTime(fromMs: number, toMs: number, service: string | null): string {
  const time = `Timestamp between (datetime(${new Date(fromMs).toISOString()}) .. datetime(${new Date(toMs).toISOString()}))`;
  return service === null ? time : `${time} and ServiceName == ${quoted(service)}`;
}
