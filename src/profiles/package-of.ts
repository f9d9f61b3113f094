// Which package a function comes from, for colours, the legend and "hide this package". Told from the path alone: there is no file
// system here, and a profile is often opened on another machine.

import { isRelease } from './release-path.ts';

const native = 'native';
/** Own code in a path that names no folder of its own: `src/main.ts`. */
const unnamed = 'app';

/** Folders that sources and builds stand in; the service's name stands before them. */
const sourceRoots = new Set(['src', 'dist', 'build', 'out', 'source', '.next', '.output']);
/** Say nothing about whose code it is. */
const plainFolders = new Set(['lib', 'libs', 'bin', 'esm', 'cjs', 'js', 'ts', 'server', 'main']);
/** Name nothing of ours even right before a source root. */
const unnaming = new Set([...sourceRoots, 'releases', 'versions', 'deployments', '..', 'usr', 'home', 'srv', 'opt', 'var', 'tmp', 'root', 'mnt', 'local', 'Users', 'workspace', 'work']);

/** A release's number, date or commit. */
const isUnnaming = (folder: string): boolean => unnaming.has(folder) || isRelease(folder);

/** Native code without a file of its own, as perf names it. */
const bracketed: Readonly<Record<string, string>> = { '[kernel.kallsyms]': 'kernel', '[guest.kernel.kallsyms]': 'kernel', '[vdso]': 'vdso', '[vsyscall]': 'vdso', '[eval]': 'eval', 'evalmachine.<anonymous>': 'eval' };
/** `libssl.so.3`, `addon.node`, `kernel32.dll`. */
const library = /^(.+?)(?:\.so(?:\.[\d.]+)?|-\d[\d.]*\.so|\.dylib|\.dll|\.exe|\.node)$/u;

/** What is looked at of a path: data: URLs run to megabytes. */
const longestPath = 1024;

/** Package managers' own layouts: what follows the marker names the package. The last marker in a path is the one that counts. */
const markers: readonly { readonly text: string; readonly name: (rest: string) => string }[] = [
  { text: '/node_modules/', name: npmName },
  { text: '/site-packages/', name: firstFolder },
  { text: '/dist-packages/', name: firstFolder },
  { text: '/go/pkg/mod/', name: (rest) => rest.split('@', 1)[0]!.split('/').slice(-2).join('/') },
];
const runtimes: readonly (readonly [RegExp, string])[] = [
  [/^(?:node:|internal\/)/u, 'node'], [/^(?:native |\[unknown\]$|unknown$)/u, native], [/^wasm:/u, 'wasm'], [/^(?:data|blob):/u, 'inline'], [/^(?:chrome|moz)-extension:|^extensions::/u, 'extension'],
  [/\/go\/src\/(?:runtime|internal|net|sync|os|syscall|fmt|encoding|crypto)\//u, 'go'], [/\/lib\/python[\d.]+\//u, 'python'], [/\/perf-\d+\.map$/u, 'jit'],
];

/**
 * file: path or URL as the profile has it; null when there is none. An npm package by its name (scope included), `node` for Node's own
 * modules, `v8 gc`, `native` where there is no file, a library or binary by its base name, and own code by the last folder that
 * names something: `/shop/checkout/src/pricing.ts` is `checkout`.
 */
export function packageOf(file: string | null, functionName: string): string {
  if (functionName === '(garbage collector)') return 'v8 gc';
  if (file === null || file === '') return native;
  const known = bracketed[file];
  if (known !== undefined) return known;
  const path = `/${file.slice(0, longestPath).replaceAll('\\', '/').replace(/[?#].*$/u, '')}`;
  const managed = managedPackage(path);
  if (managed !== null) return managed;
  const runtime = runtimes.find(([pattern]) => pattern.test(path.slice(1)));
  return runtime === undefined ? ownOrNative(path.slice(1)) : runtime[1];
}

function managedPackage(path: string): string | null {
  let best: { readonly at: number; readonly name: string } | null = null;
  for (const { text, name } of markers) {
    const at = path.lastIndexOf(text);
    if (at >= 0 && (best === null || at > best.at)) best = { at, name: name(path.slice(at + text.length)) };
  }
  return best === null || best.name === '' ? null : best.name;
}

/** `express/lib/router.js`, `@scope/name/x.js`, pnpm's `.pnpm/@scope+name@1.2.0/x.js`. */
function npmName(rest: string): string {
  const [first = '', second = ''] = rest.split('/', 2);
  if (first === '.pnpm') return second.replace('+', '/').replace(/(?!^)@.*$/u, '');
  return first.startsWith('@') && second !== '' ? `${first}/${second}` : first;
}

/** A package's folder, or a module that is one file. */
function firstFolder(rest: string): string { return rest.split('/', 1)[0]!.replace(/\.(?:py|so|pyd)$/u, ''); }

function ownOrNative(path: string): string {
  const url = /^([a-z][a-z\d+.-]*):\/\/([^/]*)/iu.exec(path);
  const host = url === null || url[1] === 'file' ? '' : url[2]!;
  const folders = (url === null ? path : path.slice(url[0].length)).split('/').filter((folder) => folder !== '' && folder !== '.' && !/^[A-Za-z]:$/u.test(folder));
  const base = folders.pop() ?? '';
  const stem = library.exec(base);
  if (stem !== null) return stem[1]!;
  if (base !== '' && !base.includes('.') && host === '') return base;
  return serviceFolder(folders) ?? (host === '' ? unnamed : host);
}

/** The folder before the first source root that has one, else the last that says something. */
function serviceFolder(folders: readonly string[]): string | null {
  const before = folders.findIndex((folder, at) => sourceRoots.has(folder) && at > 0 && !isUnnaming(folders[at - 1]!));
  if (before > 0) return folders[before - 1]!;
  return folders.findLast((folder) => !plainFolders.has(folder) && !isUnnaming(folder)) ?? null;
}
