// The chosen source: the way it takes, agent by agent, and the next step.
import { Link } from '@tanstack/react-router';
import type { RedactionOverview, RedactionSourceDetail } from '../../../../model/index.ts';
import { Chip, EmptyState, formatCount, MaskedText, Pane, plural, SkeletonRows } from '../../../ui/index.ts';
import { LoadFailure } from '../words/load-failure.tsx';
import type { RangeSeconds } from '../words/ranges.ts';
import { lineOf, stateSaid, tailSearchOf } from '../words/source-words.ts';
import { TakenOff } from '../words/taken-off.tsx';
import { When } from '../words/when.tsx';
import { FlowFigure } from './flow-figure.tsx';
import { NextStepBar } from './next-step-bar.tsx';
import { sourceFlow } from './source-flow.ts';

const ways = { leaking: 'where it still gets through, agent by agent', unproved: 'nobody knows whether it leaves', clean: 'what hides it, agent by agent', ignored: 'where it is let pass, agent by agent' } as const;
const tones = { leaking: 'attn', unproved: 'sampled', clean: 'accent', ignored: 'plain' } as const;

const StateChip = ({ source }: Pick<RedactionSourceDetail, 'source'>) => <Chip tone={tones[source.state]}>{stateSaid(source)}</Chip>;

/** "leaking again since 14:03:10, payments-policy taken off by alice at 14:03:08". */
function Again({ source }: Pick<RedactionSourceDetail, 'source'>) {
  if (source.againSince === undefined && source.endedBy === undefined) return null;
  return <p className="amb redact-context">{source.againSince !== undefined && <>Leaking again since <When at={source.againSince} /></>}{source.againSince !== undefined && source.endedBy !== undefined && ', '}<TakenOff source={source} />.</p>;
}

export interface SourcePaneProps { readonly detail: RedactionSourceDetail | undefined; readonly error: Error | null; readonly onRetry: () => void; readonly seconds: RangeSeconds; readonly overview: RedactionOverview | undefined; readonly none: boolean }

export function SourcePane({ detail, error, onRetry, seconds, overview, none }: SourcePaneProps) {
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
        {source.note !== undefined && <p className={source.state === 'unproved' ? 't1 redact-context' : 'meta t3 redact-context'}>{source.note}</p>}
        {overview?.downstream === false && <p className="meta t2 redact-context">What left the rules went nowhere: there is no downstream, no agent sends anything on.</p>}
        <Again source={source} />
        <FlowFigure flow={sourceFlow(detail.agents, source.state)} isFloor={source.residualIsFloor ?? false} downstream={overview?.downstream !== false} />
      </div>
      <NextStepBar detail={detail} seconds={seconds} overview={overview} />
    </Pane>
  );
}
