// A compiler for tests: no parser, answers at once. `bad` anywhere is an error at its place; `where EventName == "x"` pins.
import type { Plan, Sink } from '../../kql/index.ts';
import type { CompileMode, CompileResult, KqlCompiler } from '../ports/compiler.ts';

export class FakeCompiler implements KqlCompiler {
  readonly calls: { readonly text: string; readonly mode: CompileMode }[] = [];
  /** Set to make every call fail, as a dead worker does. */
  broken = false;

  compile(text: string, mode: CompileMode): Promise<CompileResult> {
    this.calls.push({ text, mode });
    if (this.broken) return Promise.reject(new Error('the worker is gone'));
    const start = text.indexOf('bad');
    if (start >= 0) return Promise.resolve({ plan: null, diagnostics: [{ severity: 'error', code: 'KS1', message: 'Unknown name: bad', start, end: start + 3 }] });
    return Promise.resolve({ plan: planOf(text, mode), diagnostics: [] });
  }

  stop(): Promise<void> { return Promise.resolve(); }
}

function planOf(text: string, mode: CompileMode): Plan {
  const event = /EventName == "([^"]*)"/.exec(text)?.[1];
  const sink: Sink | null = mode === 'rule' ? { sink: 'drop' } : null;
  const operators: Plan['operators'] = event === undefined ? [] : [{
    op: 'where', predicate: { k: 'call', type: 'bool', fn: '==', args: [{ k: 'column', type: 'string', name: 'EventName' }, { k: 'literal', type: 'string', value: event }] },
  }];
  return { version: 1, table: 'Logs', operators, sink };
}
