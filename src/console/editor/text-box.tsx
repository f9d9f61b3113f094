// The one place where React meets an engine: mounts it into a div, keeps it in step with props, shows the text
// in the final size and place while the engine loads. KqlEditor, KqlInput, YamlEditor and ScriptEditor are its faces.
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, type CSSProperties, type Ref } from 'react';
import type { KqlDiagnostic, TextEdit } from '../../model/index.ts';
import type { KqlMode } from '../workers/kql/index.ts';
import type { EditorEngine, EditorOptions, MountedEditor, TextHelp } from './engine.ts';
import './editor.css';
import { useKqlClient } from './services.tsx';
import { useEngine } from './use-engine.ts';

export interface EditorHandle {
  focus(): void;
  /** Selects UTF-16 offsets [start, end) and scrolls there. */
  reveal(start: number, end: number): void;
  /** Edits at places of the text as the box has it, as one step of its undo. */
  applyEdits(edits: readonly TextEdit[]): void;
}

export interface TextBoxProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onSubmit?: () => void;
  readonly label: string;
  readonly language?: EditorOptions['language'];
  readonly mode: KqlMode;
  readonly help?: TextHelp;
  /** See EditorOptions. */
  readonly types?: string;
  /** See EditorOptions: undo, caret and scroll live on under this name. */
  readonly documentId?: string;
  readonly onCaret?: (offset: number) => void;
  readonly highlight?: { readonly start: number; readonly end: number } | null;
  readonly singleLine: boolean;
  readonly placeholder?: string;
  readonly diagnostics?: readonly KqlDiagnostic[];
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly className?: string;
  readonly style?: CSSProperties;
  readonly ref?: Ref<EditorHandle>;
}

export function TextBox({ ref, ...props }: TextBoxProps) {
  const { engine, failure } = useEngine();
  const host = useRef<HTMLDivElement>(null);
  const { mounted, reveal } = useMountedEditor(host, engine, props);
  useImperativeHandle(ref, () => ({
    focus: () => mounted.current?.focus(),
    reveal,
    applyEdits: edits => mounted.current?.applyEdits(edits),
  }), [mounted, reveal]);
  const kind = props.singleLine ? 'kql-line' : 'kql-code';
  return (
    <div className={`kql-box ${kind} ${props.className ?? ''}`} style={props.style} aria-busy={engine === null}>
      <div className="kql-host" ref={host} />
      {engine === null && <pre className="kql-wait" aria-hidden="true">{props.value || props.placeholder}</pre>}
      {!props.singleLine && engine !== null && failure === null && <p className="kql-keys" aria-hidden="true"><kbd className="kbd">Esc</kbd> then <kbd className="kbd">Tab</kbd> leaves the text</p>}
      {failure !== null && !props.singleLine && <p className="kql-fallback" role="status">The code editor could not be loaded ({failure}). This plain box works; reload the page to try again.</p>}
    </div>
  );
}

const maxEchoes = 200;

/** Mounts once per engine; later props reach the mounted editor without a remount, so undo and caret survive. */
function useMountedEditor(host: { readonly current: HTMLDivElement | null }, engine: EditorEngine | null, props: Omit<TextBoxProps, 'ref'>) {
  const kql = useKqlClient();
  const mounted = useRef<MountedEditor | null>(null);
  const latest = useRef(props);
  const echoes = useRef<string[]>([]);
  /** A place that was asked for before the engine came. */
  const wanted = useRef<readonly [number, number] | null>(null);
  useLayoutEffect(() => { latest.current = props; });
  useEffect(() => {
    if (engine === null || host.current === null) return;
    const first = latest.current;
    const editor = engine.mountEditor(host.current, {
      value: first.value, label: first.label, language: first.language ?? 'kql', mode: first.mode, help: first.help ?? null, types: first.types ?? null, documentId: first.documentId ?? null,
      onCaret: offset => latest.current.onCaret?.(offset),
      singleLine: first.singleLine, placeholder: first.placeholder ?? '', kql,
      onChange: value => { echoes.current = [...echoes.current.slice(-maxEchoes), value]; latest.current.onChange(value); },
      onSubmit: () => latest.current.onSubmit?.(),
    });
    mounted.current = editor;
    editor.setDiagnostics(first.diagnostics ?? []);
    editor.setReadOnly(first.readOnly ?? false);
    if (first.autoFocus) editor.focus();
    if (wanted.current !== null) editor.reveal(...wanted.current);
    wanted.current = null;
    return () => { mounted.current = null; editor.dispose(); };
  }, [engine, host, kql]);
  useEffect(() => {
    // A value that the editor itself reported comes back late while somebody types on; it must not undo what came after.
    const own = echoes.current.indexOf(props.value);
    echoes.current = own < 0 ? [] : echoes.current.slice(own + 1);
    if (own < 0) mounted.current?.setValue(props.value);
  }, [props.value]);
  useEffect(() => { mounted.current?.setDiagnostics(props.diagnostics ?? []); }, [props.diagnostics]);
  useEffect(() => { mounted.current?.setHighlight(props.highlight ?? null); }, [props.highlight]);
  useEffect(() => { mounted.current?.setReadOnly(props.readOnly ?? false); }, [props.readOnly]);
  const reveal = useCallback((start: number, end: number) => { if (mounted.current === null) wanted.current = [start, end]; else mounted.current.reveal(start, end); }, []);
  return { mounted, reveal };
}
