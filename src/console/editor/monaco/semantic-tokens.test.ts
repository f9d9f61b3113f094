import { describe, expect, it } from 'vitest';
import type { KqlToken } from '../../workers/kql/index.ts';
import { encodeSemanticTokens, tokenTypes } from './semantic-tokens.ts';

/** Reads the five-number form back into pieces of text with their kind. */
function decode(text: string, data: Uint32Array): string[] {
  const lines = text.split('\n');
  const out: string[] = [];
  let line = 0, column = 0;
  for (let i = 0; i < data.length; i += 5) {
    column = data[i]! === 0 ? column + data[i + 1]! : data[i + 1]!;
    line += data[i]!;
    out.push(`${tokenTypes[data[i + 3]!]} ${lines[line]!.slice(column, column + data[i + 2]!)}`);
  }
  return out;
}

const at = (text: string, piece: string, kind: KqlToken['kind']): KqlToken => ({ start: text.indexOf(piece), end: text.indexOf(piece) + piece.length, kind });

describe('encodeSemanticTokens', () => {
  it('keeps kind and place over several lines', () => {
    const text = 'Logs\n| where EventName == "x"\n\n| invoke drop()';
    const tokens = [at(text, 'Logs', 'table'), at(text, 'where', 'keyword'), at(text, 'EventName', 'column'), at(text, '"x"', 'string'), at(text, 'drop', 'sink')];
    expect(decode(text, encodeSemanticTokens(text, tokens))).toEqual(['table Logs', 'keyword where', 'column EventName', 'string "x"', 'sink drop']);
  });

  it('splits a token that crosses a line break and skips plain text', () => {
    const text = 'a ```one\n\ntwo``` b';
    const tokens: KqlToken[] = [{ start: 0, end: 1, kind: 'plain' }, { start: 2, end: text.length - 2, kind: 'string' }, { start: text.length - 1, end: text.length, kind: 'column' }];
    expect(decode(text, encodeSemanticTokens(text, tokens))).toEqual(['string ```one', 'string two```', 'column b']);
  });
});
