// Where static probes keep their positions: a folder for each, small files, replaced as a whole.
import { join } from 'node:path';
import { directoryFiles } from '../ports/index.ts';
import type { StaticPorts } from './contract.ts';

/** Reading or writing that fails rejects. */
export function positionsIn(directory: string): (probe: string) => StaticPorts['positions'] {
  return (probe) => {
    const files = directoryFiles(join(directory, encodeURIComponent(probe).replaceAll('.', '%2E')));
    return {
      async read(name) { const read = await files.read(name); if (!read.ok) throw new Error(read.error.message); return read.value; },
      async write(name, bytes) { const written = await files.writeAtomically(name, bytes); if (!written.ok) throw new Error(written.error.message); },
    };
  };
}
