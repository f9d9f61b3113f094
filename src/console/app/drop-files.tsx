// A file dropped anywhere on the window comes to the server and opens: a profile, a heap snapshot, a capture, OTLP, a recording, a bundle.
import { useEffect, useEffectEvent, useState } from 'react';
import { useFilesOnTheirWay } from '../api/index.ts';
import type { FileOnItsWay } from '../api/index.ts';
import { Button, formatBytes, Icon, Progress } from '../ui/index.ts';
import { useTakeFiles } from './take-files.ts';

/** Text and links are dragged too; only files are ours. A dialog that takes files itself has prevented the event. */
const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer !== null && [...dataTransfer.types].includes('Files');

export function DropFiles() {
  const over = useFileDrop();
  const files = useFilesOnTheirWay(state => state.files);
  return (
    <>
      {over && <div className="drop-here"><p><b className="md">Let go to upload it to the server</b><br />Everyone who may see artifacts sees it. Profile, heap snapshot, packet capture, OTLP file, recording or bundle: what it is is read from it.</p></div>}
      {files.length > 0 && <section className="pop coming" aria-label="Files on their way">{files.map(file => <Coming key={file.id} file={file} />)}</section>}
    </>
  );
}

function Coming({ file: { name, bytes, as, share, failure, cancel } }: { readonly file: FileOnItsWay }) {
  if (failure === null) return <Progress label={as === 'bundle' ? `Importing ${name}` : name} share={share} left={share < 1 ? `${formatBytes(share * bytes)} of ${formatBytes(bytes)}` : as === 'bundle' ? 'being checked' : 'being looked at'} onCancel={cancel} />;
  return <div className="row" role="alert"><Icon name="warn" className="red" /><span className="grow prose"><b className="md">{name}: {failure.title}</b> <span className="t2">{failure.help}</span></span><Button size="s" onClick={cancel}>Dismiss</Button></div>;
}

function useFileDrop(): boolean {
  const [over, setOver] = useState(false);
  const bring = useTakeFiles();
  const take = useEffectEvent(bring);
  useEffect(() => {
    const drag = (event: DragEvent) => { if (event.defaultPrevented || !hasFiles(event)) { setOver(false); return; } event.preventDefault(); setOver(true); };
    const leave = (event: DragEvent) => { if (event.relatedTarget === null) setOver(false); };
    const drop = (event: DragEvent) => { setOver(false); if (event.defaultPrevented || !hasFiles(event)) return; event.preventDefault(); take([...event.dataTransfer?.files ?? []]); };
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => { removeEventListener('dragover', drag); removeEventListener('dragleave', leave); removeEventListener('drop', drop); };
  }, []);
  return over;
}
