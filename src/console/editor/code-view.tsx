// A program's source, read-only: lines at which something can be put have a mark in the gutter, notes stand behind lines. For probes.
import { useEffect, useRef } from 'react';
import type { CodeMarks, MountedCode } from './engine.ts';
import './editor.css';
import { useEngine } from './use-engine.ts';

export interface CodeViewProps extends CodeMarks {
  /** Decides the colours; shown nowhere. */
  readonly path: string;
  readonly text: string;
  readonly label: string;
  /** A line was chosen: by a click in the gutter, or by F9 or Enter on it. */
  readonly onLine: (line: number) => void;
}

export function CodeView({ path, text, label, onLine, stops, chosen, notes }: CodeViewProps) {
  const { engine, failure } = useEngine();
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<MountedCode | null>(null);
  const choose = useRef(onLine);
  useEffect(() => { choose.current = onLine; });
  useEffect(() => {
    if (engine === null || host.current === null) return;
    const code = engine.mountCode(host.current, { path, text, label, onLine: line => choose.current(line) });
    mounted.current = code;
    return () => { mounted.current = null; code.dispose(); };
  }, [engine, path, text, label]);
  useEffect(() => { mounted.current?.setMarks({ stops, chosen, notes }); }, [engine, path, text, label, stops, chosen, notes]);
  useEffect(() => { if (chosen !== null) mounted.current?.reveal(chosen); }, [engine, path, text, label, chosen]);
  return (
    <div className="kql-box kql-code" aria-busy={engine === null}>
      <div className="kql-host" ref={host} />
      {engine === null && <pre className="kql-wait" aria-hidden="true">{text}</pre>}
      {failure !== null && <p className="kql-fallback" role="status">The code editor could not be loaded ({failure}). This plain list works; reload the page to try again.</p>}
    </div>
  );
}
