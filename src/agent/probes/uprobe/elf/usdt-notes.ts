// Places that a program's author marked for tracing (USDT), from the section `.note.stapsdt`, and their arguments in words of the kernel.
// Format: SystemTap wiki, "UserSpaceProbeImplementation": note type 3, name "stapsdt"; three addresses, then provider, name and arguments.
import { textAt, type ElfFile, type Machine } from './elf-file.ts';

export interface UsdtPlace { readonly provider: string; readonly name: string; readonly fileOffset: number; /** Counter that must be above 0 for the program to prepare the arguments; null when it has none. */ readonly semaphoreOffset: number | null; readonly arguments: readonly string[] }

const mostPlaces = 5000;

export async function usdtPlaces(elf: ElfFile): Promise<UsdtPlace[]> {
  const section = elf.section('.note.stapsdt');
  if (section === null) return [];
  const notes = await elf.bytesOf(section, 4 * 1024 * 1024);
  const base = elf.section('.stapsdt.base')?.address ?? null;
  const found: UsdtPlace[] = [];
  for (let at = 0; at + 12 <= notes.length && found.length < mostPlaces;) {
    const [nameBytes, bytes] = [notes.readUInt32LE(at), notes.readUInt32LE(at + 4)];
    const from = at + 12 + aligned(nameBytes);
    const place = notes.readUInt32LE(at + 8) === 3 ? placeOf(elf, notes.subarray(from, from + bytes), base) : null;
    if (place !== null) found.push(place);
    at = from + aligned(bytes);
  }
  return found;
}

const aligned = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** Prelinking moves addresses without telling the notes; how far, the base section says. */
function placeOf(elf: ElfFile, note: Buffer, base: bigint | null): UsdtPlace | null {
  if (note.length < 27) return null;
  const moved = base === null ? 0n : base - note.readBigUInt64LE(8);
  const semaphore = note.readBigUInt64LE(16);
  const fileOffset = elf.fileOffsetOf(note.readBigUInt64LE(0) + moved);
  const provider = textAt(note, 24);
  const nameAt = 24 + Buffer.byteLength(provider) + 1;
  const name = textAt(note, nameAt);
  if (fileOffset === null || name === '') return null;
  const words = textAt(note, nameAt + Buffer.byteLength(name) + 1);
  return { provider, name, fileOffset, semaphoreOffset: semaphore === 0n ? null : elf.fileOffsetOf(semaphore + moved, false), arguments: argumentsIn(words) };
}

/** Apart by blanks; those of arm64 have blanks inside their brackets. */
const argumentsIn = (words: string): string[] => words.match(/-?\d+f?@(?:\[[^\]]*\]|\S+)/g) ?? [];

/** `-4@%edi` as `%di:s32`; null for what the kernel cannot fetch (floating point, scaled indices, places relative to code). */
export function fetchOf(argument: string, machine: Machine): string | null {
  const parts = /^(-?)([1248])@(.+)$/.exec(argument);
  if (parts === null) return null;
  const place = machine === 'x86-64' ? placeOnX86(parts[3] ?? '') : placeOnArm(parts[3] ?? '');
  return place === null ? null : `${place}:${parts[1] === '-' ? 's' : 'u'}${Number(parts[2]) * 8}`;
}

function placeOnX86(text: string): string | null {
  const constant = /^\$(-?\d+)$/.exec(text)?.[1];
  if (constant !== undefined) return `\\${constant}`;
  const register = /^%(\w+)$/.exec(text)?.[1];
  if (register !== undefined) return registerOnX86(register);
  const memory = /^(-?\d*)\(%(\w+)\)$/.exec(text);
  const inner = registerOnX86(memory?.[2] ?? '');
  return inner === null ? null : `${signed(memory?.[1] ?? '')}(${inner})`;
}

/** The kernel has one name for each: `%di` for rdi, edi, di and dil. */
export function registerOnX86(name: string): string | null {
  const numbered = /^(r(?:8|9|1[0-5]))[dwb]?$/.exec(name)?.[1];
  if (numbered !== undefined) return `%${numbered}`;
  const short = /^(?:[re]?([abcd]x|[sd]i|[sb]p)|([abcd])l|([sd]i|[sb]p)l)$/.exec(name);
  if (short === null) return null;
  return `%${short[1] ?? short[3] ?? `${short[2]}x`}`;
}

function placeOnArm(text: string): string | null {
  if (/^-?\d+$/.test(text)) return `\\${text}`;
  const register = /^[xw](\d|[12]\d|30)$/.exec(text)?.[1];
  if (register !== undefined) return `%x${register}`;
  const memory = /^\[(sp|x(?:\d|[12]\d|30))(?:, ?#?(-?\d+))?\]$/.exec(text);
  return memory === null ? null : `${signed(memory[2] ?? '')}(%${memory[1]})`;
}

const signed = (offset: string): string => (offset === '' ? '+0' : offset.startsWith('-') ? offset : `+${offset}`);
