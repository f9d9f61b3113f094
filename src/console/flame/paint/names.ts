// The functions of an open profile by row: their names, places and packages, decoded when first asked for.
import { textReader, type ProfileNamesTable } from '../../workers/profile/index.ts';

export interface ProfileNames {
  readonly count: number;
  /** Never empty; of a row that is none, "(root)". */
  name(row: number): string;
  /** Path or URL; empty when not known. */
  file(row: number): string;
  /** Where it begins, 1-based; 0 when not known. */
  line(row: number): number;
  /** "pricing/hanoi.ts:12", short enough for a line; empty when the file is not known. */
  place(row: number): string;
  package(row: number): string;
  /** Row of the package's name: what functions of one package share. */
  packageRow(row: number): number;
  packageName(packageRow: number): string;
}

export function profileNames({ functions, texts }: ProfileNamesTable): ProfileNames {
  const text = textReader(texts);
  const file = (row: number) => text(functions.file[row] ?? -1);
  const line = (row: number) => functions.line[row] ?? 0;
  const packageRow = (row: number) => functions.package[row] ?? -1;
  return {
    count: functions.count, file, line, packageRow,
    name: row => (row < 0 ? '(root)' : text(functions.name[row] ?? -1) || '(anonymous)'),
    place: row => placeText(file(row), line(row)),
    package: row => text(packageRow(row)), packageName: text,
  };
}

/** The file name with the folder above it, and the line. */
export function placeText(file: string, line: number): string {
  if (file === '') return '';
  const path = pathOf(file);
  const short = path.startsWith('node:') ? path : path.split('/').slice(-2).join('/');
  return line > 0 ? `${short}:${line}` : short;
}

/** A file URL as the path it names; anything else as it is. */
export function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file;
  try { return decodeURIComponent(new URL(file).pathname); } catch { return file.slice('file://'.length); }
}
