// Signature help: which call the cursor stands in, its parameters, and which of them is being written. From the text alone, so that it
// works while the text does not parse.
import type { CompileMode, KqlSignature } from '../language.ts';
import { aggregateByName } from '../catalogue/aggregates.ts';
import { functionByName } from '../catalogue/functions.ts';
import { ownFunction } from '../catalogue/own-functions.ts';
import { sinkByName, sinkSignature, type SinkDefinition } from '../catalogue/sinks.ts';
import { lexemes, type Lexeme } from './lexemes.ts';

interface Call { readonly name: string; readonly sink: boolean; readonly argument: number; readonly named: string | undefined }

export function signature(text: string, offset: number, mode: CompileMode): KqlSignature | null {
  const call = callAt(lexemes(text.slice(0, offset)));
  if (call === null) return null;
  const sink = call.sink ? sinkByName.get(call.name) : undefined;
  if (sink !== undefined) return ofSink(sink, call);
  const known = ownFunction(call.name, mode) ?? aggregateByName.get(call.name) ?? functionByName.get(call.name);
  return known === undefined || call.sink ? null : ofFunction(known.signature, known.doc, call.argument);
}

/** The innermost round bracket that is open and has a name in front. */
function callAt(all: readonly Lexeme[]): Call | null {
  if (all.at(-1)?.kind === 'open-string' && all.length === 1) return null;
  let open = 0;
  let argument = 0;
  let named: string | undefined;
  for (let i = all.length - 1; i >= 0; i--) {
    const { text, kind } = all[i]!;
    if (kind !== 'sign') continue;
    if (text === ')' || text === ']' || text === '}') open++;
    else if (open > 0 && (text === '(' || text === '[' || text === '{')) open--;
    else if (open > 0) continue;
    else if (text === ',') argument++;
    else if (text === '=' && argument === 0) named = all[i - 1]?.text;
    else if (text === '[' || text === '{') { argument = 0; named = undefined; }
    else if (text === '(') {
      const name = all[i - 1];
      if (name?.kind === 'word' && name.text !== 'dynamic') return { name: name.text, sink: all[i - 2]?.text === 'invoke', argument, named };
      argument = 0;
      named = undefined;
    } else if (text === '|' || text === ';') return null;
  }
  return null;
}

function ofSink(sink: SinkDefinition, { argument, named }: Call): KqlSignature {
  const byName = sink.parameters.findIndex(({ name }) => name === named);
  const label = sinkSignature(sink);
  const parameters = sink.parameters.map(({ name, fallback, doc, type }) => ({ label: fallback === undefined ? name : `[${name}]`, documentation: `${type}${fallback === undefined ? '' : `, default ${fallback}`}. ${doc}` }));
  return { label, documentation: `${sink.doc}\n\nExample: ${sink.example}`, parameters, active: within(byName === -1 ? argument : byName, parameters.length) };
}

/** `name(a, [b], …)`: behind the last named one, `…` repeats it. */
function ofFunction(label: string, documentation: string, argument: number): KqlSignature {
  const parts = label.slice(label.indexOf('(') + 1, -1).split(', ').filter((part) => part !== '');
  return { label, documentation, parameters: parts.map((part) => ({ label: part, documentation: '' })), active: within(repeated(parts, argument), parts.length) };
}

/** `case(condition, then, …, else)` and the like: what is beyond the dots is shown as the dots. */
const repeated = (parts: readonly string[], argument: number): number => { const dots = parts.indexOf('…'); return dots !== -1 && argument >= dots ? dots : argument; };
const within = (index: number, count: number): number | null => (index < count ? index : null);
