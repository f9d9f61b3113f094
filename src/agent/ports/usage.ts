/** What this process uses, as the rules' budgets are judged by. */
interface Usage {
  /** CPU time of the calling thread, user and system, milliseconds. */
  threadCpuMs(): number;
  /** Resident set size. */
  rssBytes(): number;
}

export const systemUsage: Usage = {
  threadCpuMs: () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; },
  rssBytes: () => process.memoryUsage.rss(),
};
