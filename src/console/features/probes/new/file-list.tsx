// The files that run in a Node process: the program's own first; dependencies and Node's when asked for.
import { useEffect, useEffectEvent, useState } from 'react';
import { explainFailure, useScripts, type ProcessAt } from '../../../api/index.ts';
import type { ProcessScripts } from '../../../../model/index.ts';
import { Checkbox, ErrorState, Input, plural, SkeletonRows } from '../../../ui/index.ts';
import { plainWords, Said } from '../said.tsx';
import { fileName } from '../words.ts';
import { listKeys } from './list-keys.ts';
import { isRipCord } from './not-shown.tsx';

type File = ProcessScripts['files'][number];
const mostShown = 400;

export function FileList({ at, chosen, onChoose }: { readonly at: ProcessAt; readonly chosen: string | undefined; readonly onChoose: (file: string, byHand: boolean) => void }) {
  const { data, error, refetch, isFetching } = useScripts(at);
  const [find, setFind] = useState('');
  const [all, setAll] = useState(false);
  const only = chosen === undefined ? onlyOwn(data) : null;
  const choose = useEffectEvent((file: string) => { onChoose(file, false); });
  useEffect(() => { if (only !== null) choose(only); }, [only]);
  if (data === undefined) return error === null ? <div role="status" aria-label="Reading the files of the process"><SkeletonRows rows={6} /></div> : <ErrorState title={explainFailure(error).title} onRetry={() => void refetch()}>{explainFailure(error).help}</ErrorState>;
  // The pane beside says it.
  if (isRipCord(data.problem?.code)) return null;
  if (data.problem !== null) return <ErrorState title={plainWords(data.problem.message)} {...(isFetching ? {} : { onRetry: () => void refetch() })}><Said>{data.problem.help ?? ''}</Said></ErrorState>;
  const { shown, left } = filesOf(data.files, find, all);
  const others = data.files.filter(({ kind }) => kind !== 'own').length;
  return (
    <div className="probe-tree" role="group" aria-label="Files" onKeyDown={listKeys}>
      <div className="pad col gap1"><Input small aria-label="Find a file" placeholder="Find a file" value={find} onChange={event => setFind(event.target.value)} />{others > 0 && <Checkbox checked={all} onChange={setAll}>With {plural(others, 'file')} of dependencies and Node</Checkbox>}</div>
      <div className="scroll grow" tabIndex={-1}>
        {shown.length === 0 && <p className="pad t2">No file matches.</p>}
        <ul>{shown.map(file => (
          <li key={file.id}><button type="button" className="probe-pick" aria-pressed={chosen !== undefined && isSame(file.path, chosen)} onClick={() => onChoose(file.path, true)} title={file.generated === null ? file.path : `${file.path}, built into ${file.generated}`}><span className="mono ell">{fileName(file.path)}</span><span className="mono t3 ell grow">{folderOf(file.path)}</span></button></li>
        ))}</ul>
        {left + data.more > 0 && <p className="pad t3">{plural(left + data.more, 'more file')}: find by name.</p>}
      </div>
    </div>
  );
}

/** Where there is nothing to choose. */
function onlyOwn(scripts: ProcessScripts | undefined): string | null {
  const [first, ...more] = scripts?.files.filter(({ kind }) => kind === 'own') ?? [];
  return first !== undefined && more.length === 0 && scripts?.more === 0 ? first.path : null;
}

/** A file may be asked for by the end of its path. */
export const isSame = (path: string, asked: string): boolean => path === asked || path.endsWith(`/${asked.replace(/^.*?:\/\/\/?|^\/+/, '')}`) || asked.endsWith(`/${path}`);

const folderOf = (path: string): string => path.slice(0, path.length - fileName(path).length).replace(/^file:\/\//, '').replace(/\/$/, '').split('/').slice(-3).join('/');

export function filesOf(files: readonly File[], find: string, all: boolean): { readonly shown: readonly File[]; readonly left: number } {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = files.filter(({ path, kind }) => (all || kind === 'own') && words.every(word => path.toLowerCase().includes(word)));
  return { shown: wanted.slice(0, mostShown), left: Math.max(0, wanted.length - mostShown) };
}
