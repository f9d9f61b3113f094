// How to get a tool that is missing, in words that can be typed.
import { problem, type Problem } from '../contract.ts';

const sources: Readonly<Record<string, string>> = {
  perf: 'Debian: apt-get install linux-perf. Ubuntu: apt-get install linux-tools-$(uname -r). Fedora: dnf install perf.',
  gdb: 'Debian and Ubuntu: apt-get install gdb. Fedora: dnf install gdb. Alpine: apk add gdb.',
  tcpdump: 'Debian and Ubuntu: apt-get install tcpdump. Fedora: dnf install tcpdump. Alpine: apk add tcpdump.',
  jcmd: 'jcmd comes with a JDK, not with a JRE: apt-get install openjdk-17-jdk-headless, or put the bin folder of the JDK on PATH.',
  jfr: 'jfr comes with a JDK: apt-get install openjdk-17-jdk-headless.',
  'py-spy': 'pip install py-spy, or cargo install py-spy.',
  ss: 'Debian and Ubuntu: apt-get install iproute2.',
  ip: 'Debian and Ubuntu: apt-get install iproute2.',
  lsof: 'Debian and Ubuntu: apt-get install lsof.',
  ps: 'Debian and Ubuntu: apt-get install procps.',
};

export const howToGet = (tool: string): string => sources[tool] ?? `Install ${tool} and see that it is on the PATH of the agent.`;

export const missingTool = (tool: string, what: string): Problem => problem('action.missing-tool', `${tool} is not installed, or not on the PATH of Weir; ${what} needs it.`, howToGet(tool));

/** Those that the list of processes reports on. */
export const knownTools = ['perf', 'gdb', 'tcpdump', 'jcmd', 'py-spy', 'ss', 'lsof'] as const;
