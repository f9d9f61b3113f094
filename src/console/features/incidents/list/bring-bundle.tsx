// Bringing a bundle in: by button, or by dropping the file anywhere on the list.
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { useBringFiles, useFilesOnTheirWay } from '../../../api/index.ts';
import { Button, Icon, tellImported } from '../../../ui/index.ts';

interface Importing { readonly onImported: (incident: string) => void }

/** How far it is, and why it was refused, is with the files on their way, which the shell shows. */
function useImport({ onImported }: Importing) {
  const bring = useBringFiles();
  const busy = useFilesOnTheirWay(({ files }) => files.some(({ as, failure }) => as !== 'any' && failure === null));
  const take = async (file: File, as: 'bundle' | 'copy' = 'bundle'): Promise<void> => {
    const incident = (await bring([file], as))?.incident ?? null;
    if (incident === null) return;
    tellImported(incident, () => void take(file, 'copy'));
    onImported(incident.id);
  };
  return { take: (file: File) => void take(file), busy };
}

export function ImportButton(props: Importing) {
  const { take, busy } = useImport(props);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={picker} type="file" accept=".zip,application/zip" className="vh" tabIndex={-1} aria-label="Bundle file" onChange={event => { const [file] = event.target.files ?? []; if (file !== undefined) take(file); event.target.value = ''; }} />
      <Button size="s" icon="down" disabledReason={busy ? 'One moment: a bundle is being imported.' : null} onClick={() => picker.current?.click()}>Import a bundle…</Button>
    </>
  );
}

export function BundleDrop({ children, ...props }: Importing & { readonly children: ReactNode }) {
  const { take } = useImport(props);
  const [over, setOver] = useState(false);
  const holdsFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    setOver(false);
    if (file === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    take(file);
  };
  return (
    <div className="col grow inc-drop" onDragOver={event => { if (holdsFile(event)) { event.preventDefault(); setOver(true); } }} onDragLeave={event => { if (event.currentTarget === event.target) setOver(false); }} onDrop={drop}>
      {children}
      {over && <div className="inc-drop-here" aria-hidden="true"><Icon name="down" /> Drop the bundle to import its incident</div>}
    </div>
  );
}
