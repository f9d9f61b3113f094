// Reads what a probe has to know of an ELF file, bounded and without loading it: segments (for file offsets), sections, and their bytes.
// Format: System V ABI, ELF-64 object file. Only 64-bit little-endian files: those of x86-64 and arm64.
import type { FileHandle } from 'node:fs/promises';
import { failure, ok, type Failure, type Result } from '../../../../base/index.ts';

export interface Segment { readonly fileOffset: number; readonly address: bigint; readonly fileBytes: number; readonly executable: boolean }
export interface Section { readonly name: string; readonly type: number; readonly address: bigint; readonly fileOffset: number; readonly bytes: number; /** Index of the section that it points to. */ readonly link: number }
export type Machine = 'x86-64' | 'arm64';

const mostSections = 65_535;
const mostSegments = 1024;
/** Of one section that is held in memory at once. */
export const mostSectionBytes = 64 * 1024 * 1024;

export class ElfFile {
  readonly machine: Machine;
  readonly segments: readonly Segment[];
  readonly sections: readonly Section[];
  readonly #file: FileHandle;

  constructor(file: FileHandle, machine: Machine, segments: readonly Segment[], sections: readonly Section[]) {
    this.#file = file;
    this.machine = machine;
    this.segments = segments;
    this.sections = sections;
  }

  section(name: string): Section | null { return this.sections.find((section) => section.name === name) ?? null; }
  has(...names: readonly string[]): boolean { return names.some((name) => this.section(name) !== null); }

  /** What a file says beyond its end, or beyond the bound, is not there. */
  async bytesOf(section: Section, mostBytes = mostSectionBytes): Promise<Buffer> {
    return section.type === sectionTypes.nobits ? Buffer.alloc(0) : bytesAt(this.#file, section.fileOffset, Math.min(section.bytes, mostBytes));
  }

  /** Where the byte at a virtual address is in the file; null when none is. `code`: only in what may run. */
  fileOffsetOf(address: bigint, code = true): number | null {
    for (const segment of this.segments) {
      const within = address - segment.address;
      if ((segment.executable || !code) && within >= 0n && within < BigInt(segment.fileBytes)) return segment.fileOffset + Number(within);
    }
    return null;
  }

  /** Its functions move their stacks: what the kernel writes there for a return probe would be lost. */
  get isGo(): boolean { return this.has('.gopclntab', '.go.buildinfo', '.note.go.buildid'); }
  get isStripped(): boolean { return !this.has('.symtab'); }
  get hasDebugInfo(): boolean { return this.has('.debug_info', '.zdebug_info', '.gnu_debuglink'); }
}

export const sectionTypes = { symtab: 2, dynsym: 11, nobits: 8 } as const;
const machines: Readonly<Record<number, Machine>> = { 62: 'x86-64', 183: 'arm64' };

/** The handle stays the caller's to close. Errors: `probe.bad-binary`. */
export async function readElf(file: FileHandle, shown: string): Promise<Result<ElfFile>> {
  const head = await bytesAt(file, 0, 64);
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f45_4c46) return bad(`${shown} is not an ELF program or library.`);
  if (head[4] !== 2 || head[5] !== 1) return bad(`${shown} is not a 64-bit little-endian ELF file.`);
  const machine = machines[head.readUInt16LE(18)];
  if (machine === undefined) return bad(`${shown} is made for another processor than x86-64 or arm64.`);
  const sections = await sectionsOf(file, head);
  return ok(new ElfFile(file, machine, await segmentsOf(file, head), sections));
}

const bad = (message: string): Result<never, Failure> => failure('probe.bad-binary', message, 'Name the program or shared library itself, not a script or a link to something else.');

async function segmentsOf(file: FileHandle, head: Buffer): Promise<Segment[]> {
  const [size, count] = [head.readUInt16LE(54), Math.min(head.readUInt16LE(56), mostSegments)];
  if (size < 56) return [];
  const table = await bytesAt(file, offsetAt(head, 32), size * count);
  const found: Segment[] = [];
  for (let at = 0; at + 56 <= table.length; at += size) {
    if (table.readUInt32LE(at) === 1) found.push({ executable: (table.readUInt32LE(at + 4) & 1) === 1, fileOffset: offsetAt(table, at + 8), address: table.readBigUInt64LE(at + 16), fileBytes: offsetAt(table, at + 32) });
  }
  return found;
}

async function sectionsOf(file: FileHandle, head: Buffer): Promise<Section[]> {
  const [size, count, namesIndex] = [head.readUInt16LE(58), Math.min(head.readUInt16LE(60), mostSections), head.readUInt16LE(62)];
  if (size < 64) return [];
  const table = await bytesAt(file, offsetAt(head, 40), size * count);
  const rows: (Section & { nameAt: number })[] = [];
  for (let at = 0; at + 64 <= table.length; at += size) {
    rows.push({ name: '', nameAt: table.readUInt32LE(at), type: table.readUInt32LE(at + 4), address: table.readBigUInt64LE(at + 16), fileOffset: offsetAt(table, at + 24), bytes: offsetAt(table, at + 32), link: table.readUInt32LE(at + 40) });
  }
  const namesRow = rows[namesIndex];
  const names = namesRow === undefined ? Buffer.alloc(0) : await bytesAt(file, namesRow.fileOffset, Math.min(namesRow.bytes, 1024 * 1024));
  return rows.map(({ nameAt, ...row }) => ({ ...row, name: textAt(names, nameAt) }));
}

/** Longer names are cut: a file may claim that each name goes on to its end. */
const mostNameBytes = 4096;

/** Up to the next zero. */
export function textAt(bytes: Buffer, at: number): string {
  const rest = bytes.subarray(at, at + mostNameBytes);
  const end = rest.indexOf(0);
  return rest.toString('utf8', 0, end < 0 ? rest.length : end);
}

const offsetAt = (bytes: Buffer, at: number): number => Number(bytes.readBigUInt64LE(at));

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(position) || length <= 0) return Buffer.alloc(0);
  const { size } = await file.stat();
  const wanted = Math.max(0, Math.min(length, size - position));
  const bytes = Buffer.alloc(wanted);
  let filled = 0;
  while (filled < wanted) {
    const { bytesRead } = await file.read(bytes, filled, wanted - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
