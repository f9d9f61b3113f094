// Passwords on command lines, of shells and of SQL, where no flag of two dashes names them: curl -u, sshpass -p, mysql -p…, redis-cli -a;
// also as lists of arguments (`["mysql", "-p…"]`), as containers and programs print what they start.
import { asciiText, literal } from '../../bytes.ts';
import { isPlaceholder, looksRandom } from '../../plausible.ts';
import type { ByteSet, Detector } from '../../types.ts';
import { found } from '../keyworded.ts';

/** Between two arguments: a blank, or the quotes and the comma of a list. */
const gap = String.raw`(?: ["']?|\\{0,7}["'],\s{0,24}\\{0,7}["'])`;
/** Further arguments. */
const others = String.raw`(?:[^\n|;]{0,320}${gap})?`;
const after = (flag: string, value: string): RegExp => new RegExp(`^${others}${flag}${value}`);
const word = String.raw`([^\s"'\\,]{4,80})`;
const anyWord = String.raw`([^\s"'\\]{3,80})`;
const userPassword = after('(?:-[uU]|--(?:proxy-)?user)', String.raw`(?:=|${gap})?[^\s:"'\\]{1,64}:${anyWord}`);
const mysql = after('-p', word);

/** What stands behind each program's name and what parts it from its arguments; group 1 is the password. */
const forms = new Map<string, RegExp>([
  ['curl', userPassword], ['sshpass', after('-p', `(?:${gap})?${anyWord}`)],
  ...['mysql', 'mysqldump', 'mysqladmin', 'mariadb', 'mariadb-dump'].map((name) => [name, mysql] as const),
  ...['redis-cli', 'keydb-cli', 'valkey-cli'].map((name) => [name, after('-a', gap + word)] as const),
  ['http', after('-a', `${gap}[^\\s:"'\\\\]{1,64}:${anyWord}`)],
  ...['docker', 'podman', 'helm'].map((name) => [name, new RegExp(`^(?:registry${gap})?login${gap}${others}-p${gap}${word}`)] as const),
  ...['mongo', 'mongosh', 'mongodump', 'mongorestore'].map((name) => [name, after('-p', gap + word)] as const),
]);
/** SQL; matched at once behind the words. */
const identified = ['IDENTIFIED BY ', 'identified by '];
const identifiedBy = /^'([^'\n]{3,80})'/;

/** A program's name ends at a blank, at the quote of its list, or at the backslash that escapes that. */
const endsName: ByteSet = (byte) => byte === 0x20 || byte === 0x22 || byte === 0x27 || byte === 0x5c;
/** Behind the last backslash, quote, comma and blank of the list the arguments begin. */
const listGap = /^\\{0,7}["']?,\s{0,24}\\{0,7}["']/;

export const commandLine: Detector = {
  name: 'command-line-password', version: 2, family: 'structural', check: 'context', title: 'Password on a command line', doc: 'Passwords given to curl, sshpass, mysql, redis-cli, mongosh and docker login on their command line or in a list of arguments, and to SQL with IDENTIFIED BY.',
  facts: 'The program, its arguments, and the flag that its manual gives for a password.', source: 'curl(1) -u; sshpass(1) -p; mysql(1) -p; redis-cli -a; mongosh -p; docker login -p',
  anchors: [...[...forms.keys()].map((name) => [...literal(name), endsName]), ...identified.map(literal)],
  verify({ bytes, start, end }, at, match) {
    const before = asciiText(bytes, Math.max(start, at - 16), at);
    const text = asciiText(bytes, at, end, 420);
    const isSql = identified.some((words) => before.endsWith(words));
    const name = isSql ? '' : /([a-z-]{4,14})[ "'\\]$/.exec(before)?.[1] ?? '';
    const head = isSql || before.endsWith(' ') ? '' : listGap.exec(bytes[at - 1] === 0x5c ? `\\${text}` : `"${text}`)?.[0] ?? null;
    const form = isSql ? identifiedBy : forms.get(name);
    if (form === undefined || head === null) return false;
    const from = Math.max(0, head.length - 1);
    const hit = form.exec(text.slice(from));
    if (hit === null || !isPassword(hit[1]!)) return false;
    const first = at + from + hit[0].lastIndexOf(hit[1]!);
    return found(match, first, first + hit[1]!.length, 0.93);
  },
};

/** No variable, no blank for one, no list's end, no flag. */
function isPassword(text: string): boolean {
  return !isPlaceholder(text) && !/^[$\-[\]]/.test(text) && (text.length >= 4 || looksRandom(Uint8Array.from(text, (char) => char.charCodeAt(0)), 0, text.length));
}
