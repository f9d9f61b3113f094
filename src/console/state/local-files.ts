// Files that a view opened from this machine, without the server. They live in this page only: an address names them, and a reload must
// ask for them again. The newest few are kept.
import { create } from 'zustand';

const kept = 4;

export const useLocalFiles = create<{ readonly files: readonly File[] }>(() => ({ files: [] }));

/** One of the same name takes its place. */
export function keepLocalFile(file: File): void {
  useLocalFiles.setState(({ files }) => ({ files: [file, ...files.filter(({ name }) => name !== file.name)].slice(0, kept) }));
}
