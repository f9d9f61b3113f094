// Passwords on command lines, of shells and of SQL, where no flag of two dashes names them: curl -u, sshpass -p, mysql -p…, redis-cli -a.
import { asciiText, literal } from '../../bytes.ts';
import { isPlaceholder } from '../../plausible.ts';
import type { Detector } from '../../types.ts';
import { found } from '../keyworded.ts';

/** What stands behind each program's name; group 1 is the password. */
const forms = new Map<string, RegExp>([
  ['curl ', /^(?:[^\n|;]{0,160} )?(?:-u|--user)[ =]?["']?[^\s:"']{1,64}:([^\s"']{3,80})/],
  ['sshpass -p', /^ ?["']?([^\s"']{3,80})/],
  ['mysql ', /^(?:[^\n|;]{0,160} )?-p([^\s"']{4,80})/],
  ['mysqldump ', /^(?:[^\n|;]{0,160} )?-p([^\s"']{4,80})/],
  ['redis-cli ', /^(?:[^\n|;]{0,160} )?-a ["']?([^\s"']{4,80})/],
  ['IDENTIFIED BY ', /^'([^'\n]{3,80})'/],
  ['identified by ', /^'([^'\n]{3,80})'/],
  ['docker login ', /^(?:[^\n|;]{0,160} )?-p ["']?([^\s"']{4,80})/],
]);

export const commandLine: Detector = {
  name: 'command-line-password', version: 1, family: 'structural', check: 'context', title: 'Password on a command line', doc: 'Passwords given to curl, sshpass, mysql, redis-cli and docker login on their command line, and to SQL with IDENTIFIED BY.',
  facts: 'The program, its arguments, and the flag that its manual gives for a password.', source: 'curl(1) -u; sshpass(1) -p; mysql(1) -p; redis-cli -a; docker login -p',
  anchors: [...forms.keys()].map(literal),
  verify({ bytes, start, end }, at, match) {
    const before = asciiText(bytes, Math.max(start, at - 16), at);
    const program = [...forms.keys()].find((name) => before.endsWith(name));
    if (program === undefined || /[\w-]$/.test(before.slice(0, -program.length))) return false;
    const hit = forms.get(program)!.exec(asciiText(bytes, at, end, 260));
    if (hit === null || isPlaceholder(hit[1]!) || hit[1]!.startsWith('$')) return false;
    const from = at + hit[0].lastIndexOf(hit[1]!);
    return found(match, from, from + hit[1]!.length, 0.93);
  },
};
