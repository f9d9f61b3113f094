// One line below the chain, always there: why the picture stands still, or which keys work it; and the way back.
import { Button, Icon, IconButton, Kbd } from '../../../ui/index.ts';
import { lineWords } from './flow.ts';
import type { QueryPictureProps } from './types.ts';
import type { TextSteps } from './use-text-steps.ts';

export interface StatusLineProps extends Pick<QueryPictureProps, 'text' | 'reading' | 'problems' | 'onSelect' | 'onReveal'> { readonly id: string; readonly stale: boolean; readonly empty: boolean; readonly steps: TextSteps }

export function StatusLine(props: StatusLineProps) {
  const { id, stale, steps } = props;
  return (
    <div className="qp-status">
      <div id={id} className="qp-said" role="status"><Said {...props} /></div>
      {!stale && (
        <span className="qp-back">
          <IconButton icon="undo" size="s" variant="ghost" label="Take back the last change of the picture" kbd="Ctrl Z" disabledReason={steps.undo === null ? 'Nothing was changed in the picture since the text was last typed in.' : null} onClick={() => steps.undo?.()} />
          <span className="qp-redo"><IconButton icon="undo" size="s" variant="ghost" label="Make it again" kbd="Ctrl Shift Z" disabledReason={steps.redo === null ? 'Nothing was taken back.' : null} onClick={() => steps.redo?.()} /></span>
        </span>
      )}
    </div>
  );
}

function Said({ stale, empty, text, reading, problems, onSelect, onReveal = onSelect }: StatusLineProps) {
  const problem = problems.find(({ severity }) => severity === 'error');
  if (reading.failure !== null) return <><span className="amb"><Icon name="warn" size="s" /></span><span className="ell" title={reading.failure}>{reading.failure}</span></>;
  if (stale) {
    const here = problem !== undefined && reading.text === text;
    return (
      <>
        <span className="amb"><Icon name="warn" size="s" /></span>
        <span className="ell" title={problem?.message}>{reading.good === null ? 'No picture yet.' : 'The picture is of the text before.'} {problem?.message ?? 'The text does not read as a query.'}</span>
        {here && <span className="end"><Button size="s" variant="ghost" onClick={() => onReveal({ start: problem.start, end: problem.end })}>Show {lineWords(text, problem.start, problem.start)}</Button></span>}
      </>
    );
  }
  if (empty) return <span className="t3">Or type in the text; the picture follows.</span>;
  return <><span className="qp-keys"><Kbd>Tab</Kbd> next</span><span className="qp-keys"><Kbd>Enter</Kbd> edit</span><span className="qp-keys"><Kbd>+</Kbd> add</span><span className="qp-keys"><Kbd>Alt ↑↓</Kbd> move</span><span className="qp-keys"><Kbd>Del</Kbd> remove</span></>;
}
