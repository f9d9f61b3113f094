// Whether a place may stand within a `with` statement, where reading any name may run code of the program: told from the tokens before it, for scripts
// that are too long to be parsed, or of a syntax that the parser does not know. In doubt it does.
import { tokenizer, tokTypes, type TokenType } from 'acorn';

/** Work between two turns for others. */
const tokensAtOnce = 20_000;

/** `offset` of the place in the text; null: not known. An ES module has no `with`. */
export async function mayBeInWith(text: string, isModule: boolean, offset: number | null): Promise<boolean> {
  const end = offset ?? text.length;
  if (isModule || !/\bwith\b/.test(text.slice(0, end))) return false;
  const [tokens, open] = [tokenizer(text, { ecmaVersion: 'latest', allowHashBang: true }), new OpenStatements()];
  try {
    for (let count = 1; ; count++) {
      const { type, start } = tokens.getToken();
      if (start >= end || type === tokTypes.eof) return open.isAny;
      open.see(type);
      if (count % tokensAtOnce === 0) await new Promise((resolve) => { setImmediate(resolve); });
    }
  } catch { return true; }
}

/** `depth` in brackets where it stands; a body without braces lasts as long as what is around it, which is too long rather than too short. */
interface With { readonly depth: number; body: 'to come' | 'begins' | 'block' | 'statement' }

class OpenStatements {
  readonly #open: With[] = [];
  #depth = 0;
  #isMember = false;

  get isAny(): boolean { return this.#open.length > 0; }

  see(type: TokenType): void {
    const last = this.#open.at(-1);
    if (last?.body === 'begins') last.body = type === tokTypes.braceL ? 'block' : 'statement';
    if (type === tokTypes._with && !this.#isMember) this.#open.push({ depth: this.#depth, body: 'to come' });
    if (opening.has(type)) this.#depth++;
    if (closing.has(type)) this.#close(type, last);
    this.#isMember = type === tokTypes.dot || type === tokTypes.questionDot;
  }

  #close(type: TokenType, last: With | undefined): void {
    this.#depth--;
    if (last === undefined) return;
    if (this.#depth === last.depth && last.body === 'to come' && type === tokTypes.parenR) last.body = 'begins';
    else if (this.#depth === last.depth && last.body === 'block') this.#open.pop();
    while ((this.#open.at(-1)?.depth ?? -1) > this.#depth) this.#open.pop();
  }
}

const opening = new Set([tokTypes.braceL, tokTypes.bracketL, tokTypes.parenL, tokTypes.dollarBraceL]);
const closing = new Set([tokTypes.braceR, tokTypes.bracketR, tokTypes.parenR]);
