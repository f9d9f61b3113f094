// speedscope's own JSON, sampled and evented, walked as bytes: any size. Each profile of the file is a Profile.
// https://github.com/jlfwong/speedscope/wiki/Importing-from-custom-sources and its file-format-schema.json
import type { Result } from '../../../base/index.ts';
import { ProfileBuilder } from '../../build/index.ts';
import type { Profile } from '../../model.ts';
import { FormatFault, guarded, paced } from '../fault.ts';
import { asNumber, asRecord, asText, JsonScanner } from '../json/index.ts';
import { unitOf, type Unit } from '../units.ts';
import { readEvents } from './events.ts';
import { readSamples } from './samples.ts';

interface Frame { readonly name: string; readonly file: string; readonly line: number; readonly column: number }
/** Where the values of a profile's members begin. */
type Members = ReadonlyMap<string, number>;
const maxValueBytes = 1024 * 1024;

export function readSpeedscope(bytes: Uint8Array, name: string, progress?: (share: number) => void): Result<readonly Profile[]> {
  return guarded(name, 'a speedscope profile', () => {
    const { frames, profiles } = readTop(bytes);
    const tell = paced(bytes.length, progress);
    const read = profiles.map((members, at) => readProfile(bytes, `${name}${profiles.length > 1 ? ` (${at + 1})` : ''}`, frames, members, tell)).filter((profile) => profile !== null);
    if (read.length === 0) throw new FormatFault('empty', 'none of its profiles holds a sample');
    return read;
  });
}

/** Members may come in any order, so samples are read after the frames they name. */
function readTop(bytes: Uint8Array): { readonly frames: readonly Frame[]; readonly profiles: readonly Members[] } {
  const scanner = new JsonScanner(bytes);
  const frames: Frame[] = [];
  const profiles: Members[] = [];
  scanner.members((key) => {
    if (key === 'profiles') scanner.elements(() => { profiles.push(memberStarts(scanner)); });
    else if (key === 'shared') scanner.members((inner) => { if (inner === 'frames') scanner.elements(() => { frames.push(readFrame(scanner)); }); else scanner.skip(); });
    else scanner.skip();
  });
  scanner.finish();
  return { frames, profiles };
}

function memberStarts(scanner: JsonScanner): Members {
  const starts = new Map<string, number>();
  scanner.members((key) => { starts.set(key, scanner.at); scanner.skip(); });
  return starts;
}

function readFrame(scanner: JsonScanner): Frame {
  const { name, file, line, col } = asRecord(scanner.value(maxValueBytes));
  return { name: asText(name) || '(anonymous)', file: asText(file), line: asNumber(line) || 0, column: asNumber(col) || 0 };
}

/** Null when it has no samples. */
function readProfile(bytes: Uint8Array, name: string, frames: readonly Frame[], members: Members, tell: (at: number) => void): Profile | null {
  const builder = new ProfileBuilder();
  const type = asText(valueAt(bytes, members, 'type'));
  const unit = unitOf(asText(valueAt(bytes, members, 'unit')) || 'none');
  builder.weight(unit.unit === 'nanoseconds' ? 'time' : unit.unit === 'bytes' ? 'space' : 'weight', unit.unit, unit.unitText);
  const title = asText(valueAt(bytes, members, 'name'));
  builder.thread(title || 'all threads');
  const rows = frameRows(builder, frames);
  const source = { bytes, startOf: (key: string) => members.get(key), start: asNumber(valueAt(bytes, members, 'startValue')) || 0, tell };
  if (type === 'sampled') readSamples(builder, rows, source, unit);
  else if (type === 'evented') readEvents(builder, rows, source, unit);
  else throw new FormatFault('unsupported', `it holds a profile of the type "${type}", which is neither sampled nor evented`);
  return builder.sampleCount === 0 ? null : builder.finish({ format: 'speedscope', name: title ? `${name} · ${title}` : name, startNanos: startNanos(source.start, unit) });
}

const startNanos = (start: number, { factor }: Unit): number => start * factor;

const valueAt = (bytes: Uint8Array, members: Members, key: string): unknown => {
  const at = members.get(key);
  return at === undefined ? undefined : new JsonScanner(bytes, at).value(maxValueBytes);
};

/** Frames of the builder by frame of the file, made when first named. */
function frameRows(builder: ProfileBuilder, frames: readonly Frame[]): (frame: number) => number | null {
  const rows = new Map<number, number>();
  return (at) => {
    const known = rows.get(at);
    if (known !== undefined) return known;
    const frame = frames[at];
    if (frame === undefined) { builder.leaveOut('Places in stacks that name a frame that is not there, left out'); return null; }
    const row = builder.frame(builder.function(frame.name, frame.file, frame.line, frame.column));
    rows.set(at, row);
    return row;
  };
}
