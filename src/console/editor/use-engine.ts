// The engine as React state: null while it loads, the plain engine with a reason when it cannot.
import { useEffect, useState } from 'react';
import type { EditorEngine } from './engine.ts';
import { plainEngine } from './plain-engine.ts';
import { useEditorServices } from './services.tsx';

export interface EngineState { readonly engine: EditorEngine | null; readonly failure: string | null }

export function useEngine(): EngineState {
  const { loadEngine } = useEditorServices();
  const [state, setState] = useState<EngineState>({ engine: null, failure: null });
  useEffect(() => {
    let live = true;
    loadEngine().then(
      engine => live && setState({ engine, failure: null }),
      (error: unknown) => live && setState({ engine: plainEngine, failure: error instanceof Error ? error.message : String(error) }),
    );
    return () => { live = false; };
  }, [loadEngine]);
  return state;
}
