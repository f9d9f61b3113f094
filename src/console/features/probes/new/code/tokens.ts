// JavaScript or TypeScript as words and marks, without comments, texts and regular expressions: enough to see blocks and declarations.
// One pass; what it does not understand is a mark.

export interface Token { readonly text: string; /** From 1. */ readonly line: number }

/** In place of a text, a template or a regular expression. */
export const literal = '""';
const wordStart = /[\p{ID_Start}$_]/u;
const word = /[\p{ID_Continue}$\u200c\u200d]+/uy;
const marks = ['...', '=>', '?.'];
/** After these words a slash begins a regular expression. */
const beforeRegex: ReadonlySet<string> = new Set(['return', 'typeof', 'case', 'in', 'of', 'do', 'else', 'void', 'delete', 'throw', 'new', 'instanceof', 'yield', 'await']);

export function tokensOf(code: string): readonly Token[] { return new Scanner(code).all(); }

class Scanner {
  readonly #code: string;
  readonly #tokens: Token[] = [];
  /** Open braces; true: of `${` in a template. */
  readonly #braces: boolean[] = [];
  #at = 0;
  #line = 1;

  constructor(code: string) { this.#code = code; }

  all(): readonly Token[] {
    while (this.#at < this.#code.length) this.#next();
    return this.#tokens;
  }

  #next(): void {
    const char = this.#code[this.#at]!;
    if (char === '\n') { this.#line++; this.#at++; } else if (char <= ' ') this.#at++;
    else if (this.#code.startsWith('//', this.#at)) this.#skipTo('\n', 0);
    else if (this.#code.startsWith('/*', this.#at)) this.#skipTo('*/', 2);
    else if (char === '"' || char === "'") { this.#emit(literal); this.#quoted(char); } else if (char === '`') { this.#emit(literal); this.#template(); }
    else if (char === '/' && this.#isRegexHere()) { this.#emit(literal); this.#regex(); }
    else if (wordStart.test(char) || (char >= '0' && char <= '9')) this.#word();
    else this.#mark(char);
  }

  #emit(text: string): void { this.#tokens.push({ text, line: this.#line }); }

  #word(): void {
    word.lastIndex = this.#at;
    const text = word.exec(this.#code)?.[0] ?? this.#code[this.#at]!;
    this.#emit(text);
    this.#at += text.length;
  }

  #mark(char: string): void {
    const text = marks.find((mark) => this.#code.startsWith(mark, this.#at)) ?? char;
    this.#at += text.length;
    if (char === '{') this.#braces.push(false);
    if (char === '}' && this.#braces.pop() === true) { this.#emit(')'); this.#template(false); } else this.#emit(text);
  }

  /** Past the first `end`; its lines are counted. */
  #skipTo(end: string, length: number): void {
    const found = this.#code.indexOf(end, this.#at + length);
    this.#to(found < 0 ? this.#code.length : found + length);
  }

  #to(end: number): void {
    for (let at = this.#code.indexOf('\n', this.#at); at >= 0 && at < end; at = this.#code.indexOf('\n', at + 1)) this.#line++;
    this.#at = end;
  }

  #quoted(quote: string): void {
    let at = this.#at + 1;
    while (at < this.#code.length && this.#code[at] !== quote && this.#code[at] !== '\n') at += this.#code[at] === '\\' ? 2 : 1;
    this.#to(Math.min(this.#code.length, this.#code[at] === '\n' ? at : at + 1));
  }

  /** To its end, or to the code in it: that stands in brackets then. */
  #template(begins = true): void {
    let at = this.#at + (begins ? 1 : 0);
    while (at < this.#code.length && this.#code[at] !== '`' && !this.#code.startsWith('${', at)) at += this.#code[at] === '\\' ? 2 : 1;
    const isCode = this.#code.startsWith('${', at);
    this.#to(Math.min(this.#code.length, at + (isCode ? 2 : 1)));
    if (isCode) { this.#braces.push(true); this.#emit('('); }
  }

  #regex(): void {
    let [at, inClass] = [this.#at + 1, false];
    for (; at < this.#code.length && this.#code[at] !== '\n' && (inClass || this.#code[at] !== '/'); at++) {
      if (this.#code[at] === '\\') at++;
      else if (this.#code[at] === '[') inClass = true;
      else if (this.#code[at] === ']') inClass = false;
    }
    this.#to(Math.min(this.#code.length, this.#code[at] === '/' ? at + 1 : at));
  }

  #isRegexHere(): boolean {
    const before = this.#tokens.at(-1)?.text;
    return before === undefined || beforeRegex.has(before) || !(before === literal || before === ')' || before === ']' || before === '}' || /^[\p{ID_Continue}$]/u.test(before));
  }
}
