// What sort of code a function is: of the program itself, of a package, of the runtime, native, or no code at all.
import type { ProfileNames } from './names.ts';

export const codeKinds = ['own', 'package', 'runtime', 'native', 'gc', 'idle'] as const;
export type CodeKind = (typeof codeKinds)[number];
export const kindNames: Readonly<Record<CodeKind, string>> = { own: 'own code', package: 'packages', runtime: 'runtime', native: 'native', gc: 'garbage collector', idle: 'idle' };

const known = new WeakMap<ProfileNames, Uint8Array>();

/** Rows of `codeKinds` by row of the functions; made once for the names. */
export function kindsOf(names: ProfileNames): Uint8Array {
  const made = known.get(names) ?? makeKinds(names);
  known.set(names, made);
  return made;
}

/** Files are far fewer than functions, so each is looked at once; names only of what has no file. */
function makeKinds(names: ProfileNames): Uint8Array {
  const byFile = new Map<string, CodeKind>();
  const kinds = new Uint8Array(names.count);
  for (let row = 0; row < names.count; row++) {
    const file = names.file(row);
    let kind = file === '' ? kindOfName(names.name(row)) : byFile.get(file);
    if (kind === undefined) { kind = kindOfFile(file); byFile.set(file, kind); }
    kinds[row] = codeKinds.indexOf(kind);
  }
  return kinds;
}

function kindOfName(name: string): CodeKind {
  if (name === '(garbage collector)' || /^\[?gc\b/i.test(name)) return 'gc';
  return name === '(idle)' || name === '(program)' ? 'idle' : 'native';
}

function kindOfFile(file: string): CodeKind {
  if (file.includes('/node_modules/') || file.includes('/site-packages/') || file.includes('/pkg/mod/')) return 'package';
  if (file.startsWith('node:') || /^(internal|\/usr\/(local\/)?go\/src|jdk\.|java\.)/.test(file)) return 'runtime';
  return /\.so(\.|$)|^\[|^\/(lib|usr\/lib)|vmlinux|\.dll$/.test(file) ? 'native' : 'own';
}
