// A command line in little room: each path is shortened from the left, so that the file that tells what it is stays. Pure.
import { shortenPath } from '../../../ui/index.ts';

/** Of the program itself its name is enough; an argument may keep the folders that it has room for. */
const programLength = 12;
const argumentLength = 30;

/** `/usr/bin/node /srv/shop/services/checkout/main.ts --port 1` → `…/node …/services/checkout/main.ts --port 1`. */
export const shortCommand = (command: string): string => command.split(' ').map((word, i) => shortWord(word, i === 0 ? programLength : argumentLength)).join(' ');

/** `--import=/a/b/c.js` keeps its name. */
function shortWord(word: string, length: number): string {
  const path = word.indexOf('/');
  const from = word.startsWith('-') && path > 0 ? word.indexOf('=') + 1 : 0;
  return path < 0 || word.includes('://') ? word : `${word.slice(0, from)}${shortenPath(word.slice(from), length)}`;
}
