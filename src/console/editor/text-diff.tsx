// Two versions of a text side by side, read-only.
import { useEffect, useRef } from 'react';
import type { MountedDiff } from './engine.ts';
import './editor.css';
import { useEngine } from './use-engine.ts';

export interface TextDiffProps { readonly language: 'kql' | 'yaml'; readonly original: string; readonly modified: string; readonly label: string; readonly className?: string }

export function TextDiff({ language, original, modified, label, className }: TextDiffProps) {
  const { engine } = useEngine();
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedDiff | null>(null);
  useEffect(() => {
    if (engine === null || host.current === null) return;
    const diff = engine.mountDiff(host.current, { language, original, modified, label });
    mounted.current = diff;
    return () => { mounted.current = null; diff.dispose(); };
    // The texts of a mounted diff are updated below, without a remount.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [engine, label, language]);
  useEffect(() => { mounted.current?.update(original, modified); }, [original, modified]);
  return <div className={`kql-box kql-diff ${className ?? ''}`} aria-busy={engine === null}><div className="kql-host" ref={host} /></div>;
}
