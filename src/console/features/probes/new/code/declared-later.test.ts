import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredLater, namesIn } from './declared-later.ts';
import { tokensOf } from './tokens.ts';

const tower = `const server = start((request: Request): void => {
  const { user, pegs: [left, ...others], size = 3 } = newGame(request), copy = user;
  /* const moves = 0 */ const text = \`a \${solve({ moves: left })} const moves = \${1}\`;
  if (/[/"]{2}/.test(text)) {
    const inner = 1;
    log(inner);
  }
  const moves = game.moves, last = moves;
  for (const move of moves) { log(move); }
  return moves;
});
let later = 1;
class Game {}
`;
const at = (line: number, ...expressions: string[]) => declaredLater(tower, line, expressions).map(({ name, line: declared }) => `${name} ${declared}`);

describe('declaredLater', () => {
  it('finds what is declared at the line or after it', () => {
    expect(at(3, 'moves', 'user', 'left')).toEqual(['moves 8']);
    expect(at(8, 'moves', 'last.x')).toEqual(['moves 8', 'last 8']);
    expect(at(9, 'moves', 'last')).toEqual([]);
    expect(at(2, 'copy', 'others', 'size', 'pegs')).toEqual(['copy 2', 'others 2', 'size 2']);
  });
  it('looks out of blocks, not out of functions', () => {
    expect(at(6, 'moves', 'inner')).toEqual(['moves 8']);
    expect(at(5, 'inner')).toEqual(['inner 5']);
    expect(at(3, 'later', 'Game', 'server', 'inner', 'move')).toEqual([]);
    expect(at(12, 'later', 'new Game')).toEqual(['later 12', 'Game 13']);
  });
  it('reads names, not properties, keys and texts', () => {
    expect(namesIn('moves.user?.later + "x y" + { key: value, ["a"]: f(b) }.key')).toEqual(['moves', 'value', 'f', 'b']);
    expect(at(3, 'game.moves', '"moves"', '{ moves: 1 }')).toEqual([]);
  });
  it('knows functions with a return type, methods and control', () => {
    const code = ['function f(a: string): Map<string, number> {', '  while (a) {', '    try {', '      g(x);', '    } catch {}', '  }', '  let x = 1;', '}', 'class A { m(): void {', '  g(y);', '} }', 'const y = 2;'].join('\n');
    expect(declaredLater(code, 4, ['x', 'y'])).toEqual([{ name: 'x', line: 7 }]);
    expect(declaredLater(code, 10, ['y'])).toEqual([]);
  });
  it('ends on any text, in lines that are there', () => {
    const piece = fc.constantFrom('const ', 'let ', 'x', '{', '}', '(', ')', '`', '${', '/', '"', '\n', '\\', '=>', ',', ';', '=', ' ', '/*', '*/', '//');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (pieces, line) => {
      const code = pieces.join('');
      const lines = code.split('\n').length;
      for (const token of tokensOf(code)) expect(token.line).toBeLessThanOrEqual(lines);
      for (const later of declaredLater(code, line, ['x'])) expect(later.line).toBeGreaterThanOrEqual(line);
    }));
  });
});
