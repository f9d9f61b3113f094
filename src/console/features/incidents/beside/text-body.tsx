// State, configuration, stacks and output of commands as numbered lines.
import { useMemo } from 'react';
import { explainFailure, useArtifactText } from '../../../api/index.ts';
import { EmptyState, ErrorState, formatBytes, formatCount, MaskedText, maxShownBytes, maxShownLines, plural, readable, shownLines, SkeletonRows } from '../../../ui/index.ts';
import { Foot } from './foot.tsx';
import type { BodyProps } from './profile-body.tsx';

export function TextBody({ artifact: { id, bytes, format, name } }: BodyProps) {
  const fits = bytes <= maxShownBytes;
  const { data, error, refetch } = useArtifactText(fits ? id : undefined);
  const shown = useMemo(() => (data === undefined ? null : shownLines(readable(data, format), '')), [data, format]);
  if (!fits) return <EmptyState title={`${formatBytes(bytes)} are more than is shown here`}>Up to {formatBytes(maxShownBytes)} are. Save it to read it.</EmptyState>;
  if (shown === null) {
    if (error === null) return <SkeletonRows label={`Reading ${name}`} />;
    const { title, help, details } = explainFailure(error);
    return <ErrorState title={title} details={details} onRetry={() => void refetch()}>{help}</ErrorState>;
  }
  if (shown.total === 0) return <EmptyState title="It is empty">The action brought a file without a line.</EmptyState>;
  return (
    <>
      <pre className="code bes-text scroll grow" tabIndex={0} role="region" aria-label={`Contents of ${name}`}>{shown.lines.map(({ number, parts }) => <div key={number}><span className="bes-no">{number}</span><MaskedText text={parts.map(({ text }) => text).join('')} /></div>)}</pre>
      <Foot>{formatBytes(bytes)}, {plural(shown.total, 'line')}{shown.total > maxShownLines && `; the first ${formatCount(maxShownLines)} are shown`}</Foot>
    </>
  );
}
