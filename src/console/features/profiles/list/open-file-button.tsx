// Opens a profile of this machine, for those who do not drag.
import { useRef } from 'react';
import { Button } from '../../../ui/index.ts';

export function OpenFileButton({ onFile }: { readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input ref={input} type="file" hidden aria-label="Profile to open" onChange={event => { const file = event.target.files?.[0]; event.target.value = ''; if (file !== undefined) onFile(file); }} />
      <Button size="s" icon="file" title="It opens in this page, without the server" onClick={() => input.current?.click()}>Open a file</Button>
    </>
  );
}
