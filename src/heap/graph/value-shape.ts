// Names that are no names: programs use tokens, addresses and numbers of people as keys of objects, and a key stands in a snapshot
// as a property's name. Judged by shape alone, in one pass: long runs that mix letters and digits, long numbers, mail addresses,
// texts. Whoever knows more of secrets hands a judge in (value-names.ts).

/** Longer ones are texts. */
const longestName = 200;
const minRandom = 16;
/** Changes between letter and digit: in one run of letters and digits, and in a name of several runs (`TLS_AES_256_GCM_SHA384` has four). */
const minTurnsInRun = 4;
const minTurnsInName = 7;
/** Numbers that belong to a word: `Int32ToFloat64` has none of its own. */
const wordsWithNumbers = /(int|float|sha|utf|base|aes)\d{1,3}/gi;
const minDigits = 9;
const uuid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

export function looksLikeValue(name: string): boolean {
  return name.length > longestName || /[\n\r]/.test(name) || isMailAddress(name) || uuid.test(name) || isRandom(name.replaceAll(wordsWithNumbers, '$1'));
}

/** Somebody, `@`, and a host whose last label is of letters: `lodash@4.17.21` and `@scope/name` are none. */
function isMailAddress(name: string): boolean {
  const at = name.indexOf('@');
  return at > 0 && /[\w.+-]/.test(name[at - 1]!) && /^[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[A-Za-z]{2,}/.test(name.slice(at + 1));
}

const other = 0;
const digit = 1;
const letter = 2;

function kindOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return digit;
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a ? letter : other;
}

const isHex = (code: number, kind: number): boolean => kind === digit || (code | 0x20) <= 0x66;

class Run {
  length = 0;
  digits = 0;
  turns = 0;
  isHex = true;

  add(code: number, kind: number, before: number): void {
    this.length++;
    this.digits = kind === digit ? this.digits + 1 : 0;
    this.isHex &&= isHex(code, kind);
    if (before !== other && before !== kind) this.turns++;
  }

  get isRandom(): boolean {
    return this.digits >= minDigits || (this.length >= minRandom && (this.isHex || this.turns >= minTurnsInRun));
  }
}

function isRandom(name: string): boolean {
  let run = new Run();
  let [before, length, turns, turned] = [other, 0, 0, other];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const kind = kindOf(code);
    if (kind === other) { run = new Run(); before = other; continue; }
    run.add(code, kind, before);
    before = kind;
    length++;
    if (turned !== other && turned !== kind) turns++;
    turned = kind;
    if (run.isRandom || (length >= minRandom && turns >= minTurnsInName)) return true;
  }
  return false;
}
