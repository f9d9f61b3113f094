// Files that people take for profiles, by how they begin, and what to do with them.

interface OtherFile { readonly begins: readonly number[]; readonly what: string; readonly help: string }

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

const otherFiles: readonly OtherFile[] = [
  { begins: ascii('PERFILE2'), what: 'a recording of perf in its own format', help: 'Run perf script -i FILE > profile.txt where it was recorded, and open that.' },
  { begins: ascii('FLR\0'), what: 'a recording of Java Flight Recorder', help: 'Convert it: jfr print does not fold stacks, but the jfr-converter of async-profiler writes pprof and folded stacks.' },
  { begins: ascii('PK\u0003\u0004'), what: 'a zip archive', help: 'Unpack it and open the profile in it.' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], what: 'packed with zstd', help: 'Unpack it with zstd -d and open the result.' },
  { begins: ascii('BZh'), what: 'packed with bzip2', help: 'Unpack it with bunzip2 and open the result.' },
  { begins: [0xfd, 0x37, 0x7a, 0x58, 0x5a], what: 'packed with xz', help: 'Unpack it with xz -d and open the result.' },
  { begins: [0x7f, 0x45, 0x4c, 0x46], what: 'a program or a core dump', help: 'Open a profile that was recorded of the program.' },
  { begins: ascii('<'), what: 'XML or HTML', help: 'Open the profile it was made from, not the picture.' },
];

/** Null for a file that is none of these. */
export const otherFile = (bytes: Uint8Array): OtherFile | null => otherFiles.find(({ begins }) => begins.every((byte, at) => bytes[at] === byte)) ?? null;
