// The chosen source: the way it takes, agent by agent, and the next step.
import { Link } from '@tanstack/react-router';
import type { RedactionSourceDetail } from '../../../../model/index.ts';
import { Chip, EmptyState, formatCount, MaskedText, Pane, plural, SkeletonRows } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import type { RangeSeconds } from '../words/ranges.ts';
import { lineOf, stateWords, tailSearchOf } from '../words/source-words.ts';
import { FlowFigure } from './flow-figure.tsx';
import { NextStepBar } from './next-step-bar.tsx';
import { sourceFlow } from './source-flow.ts';

const ways = { leaking: 'where it still gets through, agent by agent', clean: 'what hides it, agent by agent', ignored: 'where it is let pass, agent by agent' } as const;

function StateChip({ source: { state } }: Pick<RedactionSourceDetail, 'source'>) {
  return state === 'ignored' ? <Chip>{stateWords.ignored}</Chip> : <Chip tone={state === 'leaking' ? 'attn' : 'accent'}>{stateWords[state]}</Chip>;
}

export interface SourcePaneProps { readonly detail: RedactionSourceDetail | undefined; readonly error: Error | null; readonly onRetry: () => void; readonly seconds: RangeSeconds; readonly none: boolean }

export function SourcePane({ detail, error, onRetry, seconds, none }: SourcePaneProps) {
  if (none) return <Pane className="grow"><EmptyState title="No source is chosen">Choose a row above to see the way its secrets take, agent by agent.</EmptyState></Pane>;
  if (detail === undefined) return <Pane className="grow">{error ? <LoadFailure error={error} onRetry={onRetry} /> : <SkeletonRows rows={5} />}</Pane>;
  const { source } = detail;
  return (
    <Pane className="grow" label={`Source ${lineOf(source)}`}>
      <div className="ph">
        <h2 className="mono ell" title={lineOf(source)}>{lineOf(source)}</h2>
        <StateChip source={source} />
        <span className="meta ell">{ways[source.state]}; {plural(source.distinct, 'distinct value')}{source.distinctIsFloor && ' or more'}{(source.ignored ?? 0) > 0 && `; ${formatCount(source.ignored ?? 0)} let pass by a suppression`}</span>
        <Link className="end meta nw" to="/tail" search={tailSearchOf(source)}>Open in Tail</Link>
      </div>
      <div className="grow scroll redact-flow-box">
        <p className="mono t3 redact-context"><MaskedText text={source.context} /></p>
        {source.note !== undefined && <p className="meta t3 redact-context">{source.note}</p>}
        <FlowFigure flow={sourceFlow(detail.agents)} />
      </div>
      <NextStepBar detail={detail} seconds={seconds} />
    </Pane>
  );
}
