// A sketch as base64. First byte 1: hashes follow, eight bytes each, big-endian. First byte 2: registers follow, six bits each, highest
// bits first. Empty text is no sketch. What is not in this form reads as null: nothing of it is used.
import { registerCount, Sketch, exactUpTo } from './sketch.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const digits = new Map([...alphabet].map((char, value) => [char, value]));
const hashesForm = 1;
const registersForm = 2;
const registerBytes = (registerCount * 6) / 8;

export function sketchToText(sketch: Sketch): string {
  const { pairs, registers } = sketch.parts();
  return toBase64(pairs === null ? packed(registers!) : written(pairs));
}

export function sketchFromText(text: string): Sketch | null {
  const bytes = fromBase64(text);
  if (bytes === null) return null;
  if (bytes[0] === hashesForm && (bytes.length - 1) % 8 === 0 && bytes.length <= 1 + exactUpTo * 8) return ofHashes(bytes);
  return bytes[0] === registersForm && bytes.length === 1 + registerBytes ? ofRegisters(bytes) : null;
}

function written(pairs: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(1 + pairs.length * 4));
  view.setUint8(0, hashesForm);
  pairs.forEach((half, i) => view.setUint32(1 + i * 4, half));
  return new Uint8Array(view.buffer);
}

function ofHashes(bytes: Uint8Array): Sketch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sketch = new Sketch();
  for (let at = 1; at < bytes.length; at += 8) sketch.add(view.getUint32(at), view.getUint32(at + 4));
  return sketch;
}

/** Four registers to three bytes. */
function packed(registers: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + registerBytes);
  bytes[0] = registersForm;
  for (let i = 0, to = 1; i < registers.length; i += 4, to += 3) {
    const group = (registers[i]! << 18) | (registers[i + 1]! << 12) | (registers[i + 2]! << 6) | registers[i + 3]!;
    bytes[to] = group >> 16;
    bytes[to + 1] = (group >> 8) & 0xff;
    bytes[to + 2] = group & 0xff;
  }
  return bytes;
}

function ofRegisters(bytes: Uint8Array): Sketch {
  const registers = new Uint8Array(registerCount);
  for (let i = 0, at = 1; i < registerCount; i += 4, at += 3) {
    const group = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    registers[i] = group >> 18;
    registers[i + 1] = (group >> 12) & 63;
    registers[i + 2] = (group >> 6) & 63;
    registers[i + 3] = group & 63;
  }
  const sketch = new Sketch();
  sketch.mergeRegisters(registers);
  return sketch;
}

/** Without padding. */
function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += alphabet[group >> 18]! + alphabet[(group >> 12) & 63]!;
    if (i + 1 < bytes.length) text += alphabet[(group >> 6) & 63]!;
    if (i + 2 < bytes.length) text += alphabet[group & 63]!;
  }
  return text;
}

function fromBase64(text: string): Uint8Array | null {
  if (text === '' || text.length % 4 === 1 || text.length > 8192) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let held = 0, bits = 0, to = 0;
  for (const char of text) {
    const digit = digits.get(char);
    if (digit === undefined) return null;
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held >= 8) { held -= 8; bytes[to++] = (bits >> held) & 0xff; }
  }
  return bytes;
}
