// Brings a file from elsewhere, for those who do not drag.
import { useRef } from 'react';
import { useBringFiles } from '../../../api/index.ts';
import { Button } from '../../../ui/index.ts';

export function BringButton({ onCame }: { readonly onCame: (artifact: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const bring = useBringFiles();
  const take = async (files: FileList | null) => {
    const came = await bring([...files ?? []]);
    if (came?.artifact != null) onCame(came.artifact.id);
  };
  return (
    <>
      <input ref={input} type="file" hidden multiple aria-label="Files to bring" onChange={event => { void take(event.target.files); event.target.value = ''; }} />
      <Button size="s" icon="deploy" onClick={() => input.current?.click()}>Bring a file</Button>
    </>
  );
}
