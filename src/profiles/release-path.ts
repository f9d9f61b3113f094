// Paths without what changes from one deployment to the next: a release's folder, the hash in a bundle's name, a version.

/** What is looked at of a path. */
const longestPath = 1024;
const release = /^(?:v?\d[\d.]*(?:[-+_][\w.+-]*)?|[\da-f]{7,40})$/iu;
/** In a bundle's name: hexadecimal with a digit, or the mixed letters and digits that bundlers write in eight characters or more. */
const hexHash = /^(?=.*\d)[\da-f]{6,64}$/iu;
const mixedHash = /^(?=.*[A-Z])(?=.*[a-z\d])(?=.*(?:\d|[A-Z].*[A-Z]))[\w]{8,24}$/u;

/** A number, a version, a date, a commit: `41`, `v1.9.3`, `20260412-1032`, `3f9c2ab`. */
export const isRelease = (folder: string): boolean => release.test(folder) && /\d/u.test(folder);

/** Folders and the file's name, each release and hash as "#". */
export function steadyParts(path: string): readonly string[] {
  const parts = path.slice(-longestPath).replaceAll('\\', '/').replace(/[?#].*$/u, '').split('/').filter((part) => part !== '' && part !== '.');
  const name = parts.pop();
  return name === undefined ? parts : [...parts.map((part) => (isRelease(part) ? '#' : part)), steadyName(name)];
}

/** `main.3f9c2a1b.js` and `index-DkfJsLpQ.js` are `main.#.js` and `index-#.js`; the first word stays. */
const steadyName = (name: string): string => name.split(/(?<=[.-])/u).map((part, at) => {
  const [word = '', end = ''] = /[.-]$/u.test(part) ? [part.slice(0, -1), part.slice(-1)] : [part, ''];
  return at > 0 && (hexHash.test(word) || mixedHash.test(word)) ? `#${end}` : part;
}).join('');
