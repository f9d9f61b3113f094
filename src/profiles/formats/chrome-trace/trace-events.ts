// The Trace Event format as bytes: an array of events, or an object with `traceEvents`. Only the events asked for have their
// arguments parsed; the others are passed over. A trace as an array may lack its closing bracket: Chrome may die while it writes.
import { FormatFault, paced } from '../fault.ts';
import { asRecord, asText, JsonScanner } from '../json/index.ts';

export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Of the async object the event belongs to, as JSON; '' without one. */
  readonly id: string;
  /** Microseconds on the trace's clock. */
  readonly ts: number;
  /** The value of `args`, parsed. */
  readonly args: Readonly<Record<string, unknown>>;
}

export interface TraceFacts {
  readonly events: number;
  /** The trace was an array that was never closed. */
  readonly unclosed: boolean;
  /** When the recording began, ISO 8601, from a DevTools save's metadata; '' when not told. */
  readonly startTime: string;
  /** The earliest time of any event, microseconds; null without one. */
  readonly firstMicros: number | null;
}

/** One chunk is some hundred kilobytes. */
const maxIdLength = 200;
const maxArgsBytes = 256 * 1024 * 1024;

/** Visits the events whose names are `wanted`, in the file's order. Throws FormatFault. */
export function eachTraceEvent(bytes: Uint8Array, wanted: ReadonlySet<string>, visit: (event: TraceEvent) => void, progress?: (share: number) => void): TraceFacts {
  const scanner = new JsonScanner(bytes);
  const tell = paced(bytes.length, progress);
  const facts: { -readonly [Fact in keyof TraceFacts]: TraceFacts[Fact] } = { events: 0, unclosed: false, startTime: '', firstMicros: null };
  const readEvent = (): void => {
    const event = scanEvent(scanner, wanted, (ts) => { if (ts > 0 && ts < (facts.firstMicros ?? Infinity)) facts.firstMicros = ts; });
    facts.events++;
    if (event !== null) visit(event);
    tell(scanner.at);
  };
  if (scanner.isArray) facts.unclosed = looseArray(scanner, readEvent);
  else {
    scanner.members((key) => {
      if (key === 'traceEvents') scanner.elements(readEvent);
      else if (key === 'metadata') facts.startTime = asText(asRecord(scanner.value(maxArgsBytes))['startTime']);
      else scanner.skip();
    });
    scanner.finish();
  }
  return facts;
}

/** True when the array was never closed. */
function looseArray(scanner: JsonScanner, visit: () => void): boolean {
  let lastEnd = scanner.at;
  try {
    scanner.elements(() => { visit(); lastEnd = scanner.at; });
    scanner.finish();
    return false;
  } catch (failed) {
    if (failed instanceof FormatFault && failed.kind === 'truncated' && onlyComma(scanner, lastEnd)) return true;
    throw failed;
  }
}

/** Whether nothing but a comma and white space follows the last whole event. */
function onlyComma(scanner: JsonScanner, lastEnd: number): boolean {
  scanner.at = lastEnd;
  if (scanner.peek() === 0x2c) scanner.at++;
  return scanner.peek() < 0;
}

/** Events of no time of their own, such as names of threads, have 0. */
function scanEvent(scanner: JsonScanner, wanted: ReadonlySet<string>, onTime: (ts: number) => void): TraceEvent | null {
  let [name, id, pid, tid, ts, argsAt] = ['', '', NaN, NaN, NaN, -1];
  scanner.members((key) => {
    if (key === 'args') { argsAt = scanner.at; scanner.skip(); }
    else if (key === 'name' && scanner.peek() === 0x22) name = scanner.string();
    else if (key === 'pid') pid = scanner.number();
    else if (key === 'tid') tid = scanner.number();
    else if (key === 'ts') ts = scanner.number();
    else if (key === 'id' || key === 'id2') id = scanner.raw(maxIdLength);
    else scanner.skip();
  });
  onTime(ts);
  if (argsAt < 0 || !wanted.has(name)) return null;
  return { name, pid, tid, ts, id, args: asRecord(new JsonScanner(scanner.bytes, argsAt).value(maxArgsBytes)) };
}
