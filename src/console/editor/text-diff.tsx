// Two versions of a text side by side, read-only: which is which, how many places differ, and the way from one to the next. What is alike is folded.
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button, plural } from '../ui/index.ts';
import type { MountedDiff } from './engine.ts';
import './editor.css';
import { useEngine } from './use-engine.ts';

export interface TextDiffProps { readonly language: 'kql' | 'yaml'; readonly original: string; readonly modified: string; readonly label: string; readonly className?: string; /** What stands at the left and at the right, in words. */ readonly sides?: readonly [left: string, right: string] }

export function TextDiff({ language, original, modified, label, className, sides }: TextDiffProps) {
  const { engine } = useEngine();
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedDiff | null>(null);
  const [differences, setDifferences] = useState<number | null>(null);
  const told = useEffectEvent(setDifferences);
  useEffect(() => {
    if (engine === null || host.current === null) return;
    const diff = engine.mountDiff(host.current, { language, original, modified, label, onDifferences: count => told(count) });
    mounted.current = diff;
    return () => { mounted.current = null; diff.dispose(); };
    // The texts of a mounted diff are updated below, without a remount.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, label, language]);
  useEffect(() => { mounted.current?.update(original, modified); }, [original, modified]);
  return (
    <div className="col grow kql-diff-box">
      <Ways count={differences} onGo={way => mounted.current?.go(way)} />
      {sides !== undefined && <div className="kql-diff-sides"><span><b className="md t1">left, −</b> {sides[0]}</span><span><b className="md t1">right, +</b> {sides[1]}</span></div>}
      <div className={`kql-box kql-diff ${className ?? ''}`} aria-busy={engine === null}><div className="kql-host" ref={host} /></div>
    </div>
  );
}

function Ways({ count, onGo }: { readonly count: number | null; readonly onGo: (way: 'next' | 'previous') => void }) {
  const none = count === 0 ? 'Nothing differs.' : count === null ? 'They are being compared.' : null;
  return (
    <div className="row kql-diff-ways">
      <span role="status" aria-label="Differences" className={count === 0 ? 't3' : 't1'}>{count === null ? 'comparing' : count === 0 ? 'no difference' : plural(count, 'difference')}</span>
      <span className="end row gap1"><Button size="s" icon="left" disabledReason={none} onClick={() => onGo('previous')}>Previous</Button><Button size="s" iconAfter="right" disabledReason={none} onClick={() => onGo('next')}>Next</Button></span>
    </div>
  );
}
