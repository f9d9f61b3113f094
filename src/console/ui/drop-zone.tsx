// A view that opens files by itself: what is dropped on it opens there, without the server. Elsewhere the shell brings files to the server.
import { useRef, useState, type DragEvent, type ReactNode } from 'react';
import { Button } from './button.tsx';

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

export interface DropZoneProps { readonly className?: string; readonly onFile: (file: File) => void; readonly children: ReactNode }

export function DropZone({ className = '', onFile, children }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const inside = useRef(0);
  const enter = (event: DragEvent) => { if (!hasFiles(event)) return; inside.current++; setOver(true); };
  const leave = (event: DragEvent) => { if (hasFiles(event) && --inside.current <= 0) { inside.current = 0; setOver(false); } };
  // The shell's own listeners leave alone what was taken here.
  const drag = (event: DragEvent) => { if (hasFiles(event)) event.preventDefault(); };
  const drop = (event: DragEvent) => {
    inside.current = 0;
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (!hasFiles(event) || file === undefined) return;
    event.preventDefault();
    onFile(file);
  };
  return (
    <div className={`col grow drop-zone ${className}`.trim()} onDragEnter={enter} onDragLeave={leave} onDragOver={drag} onDrop={drop}>
      {children}
      {over && <div className="drop-zone-over"><p><b className="md">Let go to open it here</b><br />It opens in this page and stays on this machine, until you keep it as an artifact.</p></div>}
    </div>
  );
}

/** Opens a file of this machine, for those who do not drag. `label` names the hidden field. */
export function OpenFileButton({ label, onFile }: { readonly label: string; readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" hidden aria-label={label} onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file !== undefined) onFile(file); }} />
      <Button size="s" icon="file" title="It opens in this page, without the server" onClick={() => input.current?.click()}>Open a file</Button>
    </>
  );
}
