// Dropping a file on a pane.
import { useState, type DragEvent } from 'react';

/** Files dropped on the pane. */
export function useFileDrop(read: (file: Blob, name: string) => void) {
  const [over, setOver] = useState(false);
  const isFile = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return { over, handlers: {
    onDragOver: (event: DragEvent) => { if (isFile(event)) { event.preventDefault(); setOver(true); } },
    onDragLeave: (event: DragEvent) => { if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false); },
    onDrop: (event: DragEvent) => { const [file] = event.dataTransfer.files; setOver(false); if (file !== undefined) { event.preventDefault(); event.stopPropagation(); read(file, file.name); } },
  } };
}
