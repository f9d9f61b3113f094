// One line below the chain, always there: why the picture stands still, or which keys work it.
import { Button, Icon, Kbd } from '../../../ui/index.ts';
import type { QueryPictureProps } from './types.ts';

export function StatusLine({ id, stale, empty, text, reading, problems, onSelect }: Pick<QueryPictureProps, 'text' | 'reading' | 'problems' | 'onSelect'> & { readonly id: string; readonly stale: boolean; readonly empty: boolean }) {
  const problem = problems.find(({ severity }) => severity === 'error');
  if (reading.failure !== null) return <div id={id} className="qp-status" role="status"><span className="amb"><Icon name="warn" size="s" /></span><span className="ell" title={reading.failure}>{reading.failure}</span></div>;
  if (stale) {
    return (
      <div id={id} className="qp-status" role="status">
        <span className="amb"><Icon name="warn" size="s" /></span>
        <span className="ell" title={problem?.message}>{reading.good === null ? 'No picture yet.' : 'The picture is of the text before.'} {problem?.message ?? 'The text does not read as a query.'}</span>
        {problem !== undefined && reading.text === text && <span className="end"><Button size="s" variant="ghost" onClick={() => onSelect({ start: problem.start, end: problem.end })}>Show the place</Button></span>}
      </div>
    );
  }
  if (empty) return <div id={id} className="qp-status t3" role="status">Or type in the text; the picture follows.</div>;
  return <div id={id} className="qp-status t3" role="status"><span className="qp-keys"><Kbd>↑</Kbd><Kbd>↓</Kbd> choose</span><span className="qp-keys"><Kbd>Enter</Kbd> edit</span><span className="qp-keys"><Kbd>+</Kbd> add</span><span className="qp-keys"><Kbd>Alt ↑↓</Kbd> move</span><span className="qp-keys"><Kbd>Del</Kbd> remove</span></div>;
}
