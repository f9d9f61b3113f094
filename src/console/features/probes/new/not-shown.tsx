// The source of a file that cannot be shown. A process that does not run the file is no dead end: there are its other files, a path to write,
// and other processes.
import { useState } from 'react';
import { useScripts, type ProcessAt } from '../../../api/index.ts';
import type { ActionProblem } from '../../../../model/index.ts';
import { Button, ErrorState, Input } from '../../../ui/index.ts';
import { plainWords, Said } from '../said.tsx';
import { fileName } from '../words.ts';
import { nearFiles } from './near-files.ts';

/** As agents name it. */
export const notFound = 'probe.file-not-found';
/** It shows on every view; it goes when the cord is released. */
export const isRipCord = (code: string | undefined): boolean => code === 'rip-cord.pulled';

export interface NotShownProps { readonly at: ProcessAt; readonly file: string; readonly problem: ActionProblem; readonly onRetry: () => void; readonly onFile: (file: string) => void; /** To the files that the process does run. */ readonly onOtherFile: () => void }

export function NotShown({ at, file, problem: { code, message, help = '' }, onRetry, onFile, onOtherFile }: NotShownProps) {
  if (isRipCord(code)) return <ErrorState title="Nothing can be looked into while the rip cord is pulled.">The source shows by itself when it is released.</ErrorState>;
  if (code !== notFound) return <ErrorState title={plainWords(message)} onRetry={onRetry}><Said>{help}</Said></ErrorState>;
  return (
    <div className="scroll grow">
      <ErrorState title={`This process does not run ${fileName(file)}.`} onRetry={onRetry} actions={<Button size="s" onClick={onOtherFile}>Choose one of its files</Button>}><p>It was asked for as <span className="mono">{file}</span>. A module that was not loaded yet is not there; another process may run it: choose that on the left.</p></ErrorState>
      <div className="pad"><Near at={at} file={file} onFile={onFile} /><AskFile key={file} file={file} onFile={onFile} /></div>
    </div>
  );
}

function Near({ at, file, onFile }: Pick<NotShownProps, 'at' | 'file' | 'onFile'>) {
  const near = nearFiles(useScripts(at).data?.files ?? [], file);
  if (near.length === 0) return null;
  return (
    <section aria-label="What it runs">
      <h3 className="probe-group">What it runs</h3>
      <ul className="probe-near">{near.map(({ id, path }) => <li key={id}><button type="button" className="probe-pick" onClick={() => onFile(path)} title={path}><span className="mono">{fileName(path)}</span><span className="mono t3 ell grow" dir="rtl"><bdi dir="ltr">{path.slice(0, -fileName(path).length - 1)}</bdi></span></button></li>)}</ul>
    </section>
  );
}

function AskFile({ file, onFile }: Pick<NotShownProps, 'file' | 'onFile'>) {
  const [text, setText] = useState(file);
  const wanted = text.trim();
  return (
    <form className="probe-ask" onSubmit={event => { event.preventDefault(); if (wanted !== '' && wanted !== file) onFile(wanted); }}>
      <Input small mono label="Path of the file in the process, or its end" placeholder="src/tower.ts" value={text} onChange={event => setText(event.target.value)} />
      <Button size="s" type="submit" disabledReason={wanted === '' ? 'Write a path, or its end.' : wanted === file ? 'That is the one it does not run.' : null}>Look for it</Button>
    </form>
  );
}
