// What sort of code a function is: of the program itself, of a package, of the runtime, native, or no code at all.
import type { ProfileNames } from './names.ts';

export const codeKinds = ['own', 'package', 'runtime', 'native', 'gc', 'idle'] as const;
export type CodeKind = (typeof codeKinds)[number];
export const kindNames: Readonly<Record<CodeKind, string>> = { own: 'own code', package: 'packages', runtime: 'runtime', native: 'native', gc: 'garbage collector', idle: 'idle' };

export function kindOf(names: ProfileNames, row: number): CodeKind {
  const [name, file] = [names.name(row), names.file(row)];
  if (name === '(garbage collector)' || /^\[?gc\b/i.test(name)) return 'gc';
  if (name === '(idle)' || name === '(program)') return 'idle';
  if (file === '') return 'native';
  if (file.includes('/node_modules/') || file.includes('/site-packages/') || /\/pkg\/mod\//.test(file)) return 'package';
  if (file.startsWith('node:') || /^(internal|\/usr\/(local\/)?go\/src|jdk\.|java\.)/.test(file)) return 'runtime';
  return /\.so(\.|$)|^\[|^\/(lib|usr\/lib)|vmlinux|\.dll$/.test(file) ? 'native' : 'own';
}
