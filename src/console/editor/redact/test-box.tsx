// The test box of an own pattern: sample lines typed, pasted or taken from the tail, with every match marked as it is typed.
// RE2 runs in a worker, linear in the text; what it refuses is said in its words.
import { useId, useState } from 'react';
import { Button, Icon, plural, TextArea } from '../../ui/index.ts';
import { MarkedText } from './marked-text.tsx';
import { usePattern } from './use-pattern.ts';

export interface TestBoxProps {
  readonly pattern: string;
  readonly near: readonly string[];
  /** Texts of live records, masked as the tail has them; null where there is no tail. */
  readonly takeLive: (() => Promise<readonly string[]>) | null;
}

/** Samples stay on this page: they may hold a secret. */
export function TestBox({ pattern, near, takeLive }: TestBoxProps) {
  const id = useId();
  const [sample, setSample] = useState('');
  const [note, setNote] = useState<string | null>(null);
  const lines = sample.split('\n').filter((line) => line.trim() !== '');
  const { reading } = usePattern(pattern, near, lines);
  const take = () => void takeLive?.().then((texts) => { setNote(texts.length === 0 ? 'The tail has shown no record yet.' : null); if (texts.length > 0) setSample(texts.join('\n')); }, () => setNote('The tail did not answer. Try again.'));
  return (
    <div className="rd-test col gap1" role="group" aria-labelledby={id}>
      <div className="row"><span id={id} className="meta t2 md">Test box</span><PatternVerdict reading={reading} lines={lines.length} />
        <span className="end row gap1">{takeLive !== null && <Button size="s" variant="ghost" icon="tail" onClick={take}>Live records</Button>}</span></div>
      <TextArea aria-label="Sample text, one a line" mono rows={3} spellCheck={false} placeholder="Paste lines here; they stay on this page" value={sample} onChange={(event) => setSample(event.target.value)} />
      {note !== null && <p className="meta t2" role="status">{note}</p>}
      {reading?.ok === true && lines.length > 0 && <ol className="rd-lines mono scroll" aria-label="Matches, line by line" tabIndex={0}>{lines.map((line, i) => <li key={i} className={(reading.spans[i]?.length ?? 0) > 0 ? '' : 't3'}><MarkedText text={line} spans={reading.spans[i] ?? []} /></li>)}</ol>}
    </div>
  );
}

/** What the worker says of the pattern, in a line. */
export function PatternVerdict({ reading, lines }: { readonly reading: ReturnType<typeof usePattern>['reading']; readonly lines: number }) {
  if (reading === null) return <span className="meta t3" role="status" />;
  if (!reading.ok) return <span className="meta red rd-why" role="status"><Icon name="warn" size="s" />{reading.message}</span>;
  const hit = reading.spans.filter((spans) => spans.length > 0).length;
  return <span className="meta t2" role="status">{lines === 0 ? 'RE2 accepts it' : `${plural(reading.matches, 'match', 'matches')} in ${hit} of ${plural(lines, 'line')}`}</span>;
}
