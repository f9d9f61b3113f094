// Text, JSON and state, with search: the lines that hold a word, with their numbers.
import { useDeferredValue, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useArtifactText } from '../../../api/index.ts';
import type { Artifact } from '../../../../model/index.ts';
import { Button, copyText, EmptyState, formatBytes, formatCount, Input, maxShownBytes, maxShownLines, plural, readable, shownLines, SkeletonRows } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';

export function TextViewer({ artifact, tools }: { readonly artifact: Artifact; /** More, before the search. */ readonly tools?: ReactNode }) {
  const { id, bytes, format, name } = artifact;
  const fits = bytes <= maxShownBytes;
  const { data, error, refetch } = useArtifactText(fits ? id : undefined);
  const [find, setFind] = useState('');
  const wanted = useDeferredValue(find);
  const text = useMemo(() => (data === undefined ? '' : readable(data, format)), [data, format]);
  const shown = useMemo(() => shownLines(text, wanted), [text, wanted]);
  if (!fits) return <EmptyState title={`${formatBytes(bytes)} are more than is shown here`}>Up to {formatBytes(maxShownBytes)} are. Download it to read it.</EmptyState>;
  if (data === undefined) return error === null ? <SkeletonRows /> : <LoadFailure error={error} onRetry={() => void refetch()} />;
  return (
    <div className="dump-body">
      <div className="dump-tools">
        {tools}
        <span className="dump-find"><Input small aria-label={`Search in ${name}`} placeholder="Search" value={find} onChange={event => setFind(event.target.value)} /></span>
        <span className="t3 nw" role="status">{wanted === '' ? plural(shown.total, 'line') : `${plural(shown.hits, 'hit')} in ${plural(shown.total, 'line')}`}</span>
        <span className="end"><Button size="s" variant="ghost" icon="copy" onClick={() => void copyText(text, name)}>Copy</Button></span>
      </div>
      <pre className="code dump-text scroll grow" tabIndex={0} aria-label={`Contents of ${name}`}>{shown.lines.map(({ number, parts }) => <div key={number}><span className="no">{number}</span>{parts.map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}</div>)}</pre>
      {shown.total > maxShownLines && <p className="dump-note t3">The first {formatCount(maxShownLines)} of {formatCount(shown.total)} lines. {wanted === '' ? 'The search looks through all of them.' : 'A longer word finds fewer.'}</p>}
    </div>
  );
}
