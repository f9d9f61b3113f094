// Files that a view opened from this machine, without the server. They live in this page only: an address names them, and a reload must
// ask for them again. The newest few of each view are kept.
import { create } from 'zustand';

const kept = 4;

export type LocalFileKind = 'profile' | 'heap';

export const useLocalFiles = create<Readonly<Record<LocalFileKind, readonly File[]>>>(() => ({ profile: [], heap: [] }));

/** One of the same name takes its place. */
export function keepLocalFile(kind: LocalFileKind, file: File): void {
  useLocalFiles.setState(({ [kind]: files }) => ({ [kind]: [file, ...files.filter(({ name }) => name !== file.name)].slice(0, kept) }));
}
