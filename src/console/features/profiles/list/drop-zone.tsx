// A file that is dropped on the view opens here at once, without the server. Elsewhere on the page the shell brings it to the server.
import { useRef, useState, type DragEvent, type ReactNode } from 'react';

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes('Files');

export function DropZone({ onFile, children }: { readonly onFile: (file: File) => void; readonly children: ReactNode }) {
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
    <div className="col grow prof-drop" onDragEnter={enter} onDragLeave={leave} onDragOver={drag} onDrop={drop}>
      {children}
      {over && <div className="prof-drop-here"><p><b className="md">Let go to open it here</b><br />It stays on this machine until you keep it as an artifact.</p></div>}
    </div>
  );
}
