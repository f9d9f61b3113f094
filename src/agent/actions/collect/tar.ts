// Writes a tar archive: ustar headers (POSIX.1-1988), and a pax header before a name that does not fit (POSIX.1-2001).
import { Buffer } from 'node:buffer';

const blockBytes = 512;

export interface TarEntry { readonly name: string; readonly bytes: number; readonly modifiedUnixMs: number }

/** What goes before the content of a file. */
export function tarHeader(entry: TarEntry): Buffer {
  const name = entry.name.replace(/^\/+/, '');
  if (Buffer.byteLength(name) <= 100) return header({ ...entry, name }, '0');
  const record = paxRecord('path', name);
  return Buffer.concat([header({ name: 'pax-header', bytes: record.length, modifiedUnixMs: entry.modifiedUnixMs }, 'x'), record, tarPadding(record.length), header({ ...entry, name: Buffer.from(name).subarray(0, 100).toString('latin1').replace(/[^\x20-\x7e]/g, '_') }, '0')]);
}

export const tarPadding = (bytes: number): Buffer => Buffer.alloc((blockBytes - bytes % blockBytes) % blockBytes);
/** Two empty blocks end an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(blockBytes * 2);

/** Its length counts itself. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + 1;
  while (String(length).length + rest !== length) length = String(length).length + rest;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header({ name, bytes, modifiedUnixMs }: TarEntry, type: string): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, at: number, width: number): void => { block.write(`${Math.floor(value).toString(8).padStart(width - 1, '0')}\0`, at, 'latin1'); };
  block.write(name, 0, 100, 'utf8');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  // Past 8 GiB the field holds a binary number (GNU).
  if (bytes < 2 ** 33) octal(bytes, 124, 12);
  else { block.writeUInt8(0x80, 124); block.writeBigUInt64BE(BigInt(bytes), 128); }
  octal(Math.max(0, modifiedUnixMs / 1000), 136, 12);
  block.write(`        ${type}`, 148, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
