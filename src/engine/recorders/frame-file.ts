// The format `otlp-frames` (described in model/recorder.ts): how a recorder is collected, and how it is kept on disk.
import { decodeUtf8, encodeUtf8, failure, ok, type Failure, type Result } from '../../base/index.ts';
import type { Signal } from '../../model/index.ts';
import { crc32 } from './crc32.ts';
import type { RecorderFrame } from './store.ts';

export const frameFileMagic = encodeUtf8('WEIRREC1');
const headerBytes = 24;
const signalNumbers: Readonly<Record<Signal, number>> = { logs: 1, spans: 2, metrics: 3 };
/** In the place of a signal: no frame, but a key that was let go. */
const letGoNumber = 255;
const signalsByNumber: readonly (Signal | undefined)[] = [undefined, 'logs', 'spans', 'metrics'];

/** Header, key and request in one piece. */
export function encodeFrame(frame: RecorderFrame): Uint8Array { return encode(signalNumbers[frame.signal], frame); }

function encode(signalNumber: number, { key, atUnixMs, records, bytes }: Pick<RecorderFrame, 'key' | 'atUnixMs' | 'records' | 'bytes'>): Uint8Array {
  const keyBytes = encodeUtf8(key);
  const frame = new Uint8Array(headerBytes + keyBytes.length + bytes.length);
  frame.set(keyBytes, headerBytes);
  frame.set(bytes, headerBytes + keyBytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint8(4, signalNumber);
  view.setUint16(6, keyBytes.length, true);
  view.setBigUint64(8, BigInt(Math.max(0, Math.round(atUnixMs))) * 1_000_000n, true);
  view.setUint32(16, records, true);
  view.setUint32(20, crc32(frame.subarray(headerBytes)), true);
  return frame;
}

/** A whole file of these frames. */
export function encodeFrames(frames: readonly RecorderFrame[]): Uint8Array {
  const parts = [frameFileMagic, ...frames.map(encodeFrame)];
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { file.set(part, at); at += part.length; }
  return file;
}

export interface FramesRead {
  /** Their bytes are slices of what was given. Their epoch is -1. */
  readonly frames: readonly RecorderFrame[];
  /** Bytes at the end that are no whole frame: what a killed writer had not finished, or damage. */
  readonly leftBytes: number;
  /** Why reading stopped there; null when everything was read. */
  readonly problem: string | null;
}

/** Errors: `recorder-file-invalid` when it is no such file. A damaged or unfinished end costs
 *  only what comes after it. */
export function decodeFrames(file: Uint8Array): Result<FramesRead, Failure> {
  if (!isFrameFile(file)) return failure('recorder-file-invalid', 'This is no recording of Weir: it does not begin with WEIRREC1.', 'Open a file that was collected from a flight recorder.');
  const frames: RecorderFrame[] = [];
  let at = frameFileMagic.length;
  while (at < file.length) {
    const read = entryAt(file, at);
    if (typeof read === 'string') return ok({ frames, leftBytes: file.length - at, problem: read });
    if (read.frame === null) return ok({ frames, leftBytes: file.length - at, problem: noSignal(at) });
    frames.push(read.frame);
    at = read.end;
  }
  return ok({ frames, leftBytes: 0, problem: null });
}

/** One entry of a recorder that is kept on disk: a frame; or, without one, that its key was let go, and with it all frames of it that stand before.
 *  `end`: where the entry ends. */
export interface KeptEntry { readonly key: string; readonly frame: RecorderFrame | null; readonly end: number }

/** A key that is let go, as an entry of a recorder on disk; in what is collected there are none. */
export function encodeLetGo(key: string): Uint8Array { return encode(letGoNumber, { key, atUnixMs: 0, records: 0, bytes: new Uint8Array(0) }); }

/** The entries of a recorder on disk one by one, up to what is no whole one; nothing of a file that is none. */
export function* eachEntry(file: Uint8Array): Generator<KeptEntry> {
  if (!isFrameFile(file)) return;
  for (let at = frameFileMagic.length; at < file.length;) {
    const read = entryAt(file, at);
    if (typeof read === 'string') return;
    yield read;
    at = read.end;
  }
}

const isFrameFile = (file: Uint8Array): boolean => file.length >= frameFileMagic.length && frameFileMagic.every((byte, i) => file[i] === byte);

const noSignal = (at: number): string => `A frame at byte ${at} is of no known signal.`;

function entryAt(file: Uint8Array, at: number): KeptEntry | string {
  if (file.length - at < headerBytes) return 'It ends within the header of a frame.';
  const view = new DataView(file.buffer, file.byteOffset + at);
  const keyFrom = at + headerBytes;
  const bytesFrom = keyFrom + view.getUint16(6, true);
  const end = bytesFrom + view.getUint32(0, true);
  const number = view.getUint8(4);
  const signal = signalsByNumber[number];
  if (signal === undefined && number !== letGoNumber) return noSignal(at);
  if (end > file.length) return 'It ends within a frame.';
  if (crc32(file.subarray(keyFrom, end)) !== view.getUint32(20, true)) return `The frame at byte ${at} is damaged: its checksum is not right.`;
  const key = decodeUtf8(file.subarray(keyFrom, bytesFrom));
  const frame = signal === undefined ? null : { signal, key, atUnixMs: Number(view.getBigUint64(8, true) / 1_000_000n), records: view.getUint32(16, true), bytes: file.subarray(bytesFrom, end), epoch: -1 };
  return { key, frame, end };
}
