// Functions of a binary: from its symbol table, or from the dynamic one where it is stripped. Format: System V ABI, symbol table (24 bytes each).
import { setImmediate as turn } from 'node:timers/promises';
import { sectionTypes, textAt, type ElfFile, type Section } from './elf-file.ts';

export interface FunctionSymbol { readonly name: string; readonly address: bigint; readonly size: number; readonly isGlobal: boolean; readonly fileOffset: number }

const symbolBytes = 24;
const [func, undefinedSection] = [2, 0];
/** So many are looked at before others get their turn: a few milliseconds. */
const manyPerTurn = 10_000;

/** All functions that are in the file, as they come. `perTurn`: less for those who do much with each. */
export async function* functionsOf(elf: ElfFile, perTurn = manyPerTurn): AsyncGenerator<FunctionSymbol> {
  const table = tableOf(elf);
  const strings = table === null ? undefined : elf.sections[table.link];
  if (table === null || strings === undefined) return;
  const [rows, names] = [await elf.bytesOf(table), await elf.bytesOf(strings)];
  for (let at = 0, seen = 1; at + symbolBytes <= rows.length; at += symbolBytes, seen++) {
    if (seen % perTurn === 0) await turn();
    const symbol = symbolAt(elf, rows, names, at);
    if (symbol !== null) yield symbol;
  }
}

const tableOf = (elf: ElfFile): Section | null => elf.sections.find(({ type }) => type === sectionTypes.symtab) ?? elf.sections.find(({ type }) => type === sectionTypes.dynsym) ?? null;

function symbolAt(elf: ElfFile, rows: Buffer, names: Buffer, at: number): FunctionSymbol | null {
  const info = rows[at + 4] ?? 0;
  if ((info & 15) !== func || rows.readUInt16LE(at + 6) === undefinedSection) return null;
  const [name, address] = [textAt(names, rows.readUInt32LE(at)), rows.readBigUInt64LE(at + 8)];
  const fileOffset = name === '' ? null : elf.fileOffsetOf(address);
  return fileOffset === null ? null : { name, address, size: Number(rows.readBigUInt64LE(at + 16)), isGlobal: info >> 4 !== 0, fileOffset };
}
