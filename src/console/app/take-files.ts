// Files that a person brought, by dropping or by choosing them: each comes to the server, and the last of them opens.
import { useNavigate } from '@tanstack/react-router';
import { useBringFiles } from '../api/index.ts';
import type { BringAs } from '../api/index.ts';
import { tellImported, viewOfArtifact } from '../ui/index.ts';

/** Returns at once; progress and what did not come are in the list of files on their way. */
export function useTakeFiles(): (files: readonly File[], as?: BringAs) => void {
  const navigate = useNavigate();
  const bring = useBringFiles();
  const take = async (files: readonly File[], as: BringAs): Promise<void> => {
    const came = await bring(files, as);
    if (came?.incident != null) {
      const last = files.at(-1);
      tellImported(came.incident, () => { if (last !== undefined) void take([last], 'copy'); });
      void navigate({ to: '/incidents/$incidentId', params: { incidentId: came.incident.id } });
    } else if (came?.artifact != null) void navigate(viewOfArtifact(came.artifact));
  };
  return (files, as = 'any') => void take(files, as);
}

/** Asks for one file as the browser does, outside of any view. It must be called while a key or a click is handled. */
export function askForFile(accept: string, onFile: (file: File) => void): void {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', accept });
  input.addEventListener('change', () => { const [file] = input.files ?? []; if (file !== undefined) onFile(file); });
  input.click();
}
