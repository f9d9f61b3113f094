// The way from a root to the object, drawn as a chain; where cutting it would free most is marked.
import type { PathStep } from '../../../../heap/index.ts';
import { formatBytes, formatCount, formatPercent } from '../../../ui/index.ts';
import type { RootPath } from '../../../workers/heap/index.ts';
import type { PaneProps } from '../pane-props.ts';
import { edgeTitle, Text } from '../words/heap-text.tsx';
import { cutOf } from './cut.ts';

export function RootPathList({ path: { steps, headSteps, skipped }, set }: PaneProps & { readonly path: RootPath }) {
  const cut = cutOf(steps);
  const last = steps.length - 1;
  return (
    <div className="heap-path-box">
      <ol className="heap-path" aria-label="From a root to the object">
        {steps.map((step, at) => (
          <li key={step.node.row} className={[at === 0 ? 'first' : '', at === last ? 'last' : '', cut !== null && at >= cut.from && at <= cut.at ? 'key' : ''].filter(Boolean).join(' ')}>
            <button type="button" aria-current={at === last ? 'true' : undefined} title={step.via === null ? undefined : edgeTitle(step.via)} onClick={() => { if (at !== last) set({ node: step.node.id }); }}>
              <span className="nd" aria-hidden="true" /><span className="ell heap-step"><Step step={step} isLast={at === last} /></span><span className="num t2">{step.node.share > 0 && at > 0 ? formatPercent(step.node.share, step.node.share < 0.001 ? 3 : 1) : ''}</span>
            </button>
            {skipped > 0 && at === headSteps - 1 && <p className="t3 heap-skipped">{formatCount(skipped)} steps more between</p>}
          </li>
        ))}
      </ol>
      {cut !== null && <p className="meta t2 heap-cut">Cut here: when <b className="t1 md">{cut.name}</b> lets go of what it holds, {formatBytes(cut.freed)} can go.</p>}
    </div>
  );
}

function Step({ step: { via, node }, isLast }: { readonly step: PathStep; readonly isLast: boolean }) {
  const named = via !== null && (via.type === 'property' || via.type === 'context' || via.type === 'shortcut');
  const isRoot = via === null && node.id <= 1;
  // A function that is called as what holds it is told by its kind.
  const own = isRoot ? 'Root' : node.text.text !== node.className && node.text.text !== '' && node.text.text !== via?.name.text ? <Text text={node.text} /> : <span className="mono">{node.className}</span>;
  const name = via === null ? null : via.type === 'element' ? <span className="mono">[{via.name.text}]</span> : <Text text={via.name} />;
  return <>
    {named ? <b className="heap-via">{name}</b> : <b className="heap-via">{own}</b>}
    <span className="t3">{named ? <>{via.type === 'context' ? 'variable, ' : ''}{own}</> : name === null ? '' : <>{name}</>} @{node.id}{isLast ? ', this object' : ''}</span>
  </>;
}
