// Who did what: every mutation calls `record` inside its own transaction, so that neither exists without the other.
import type { Principal } from '../auth/index.ts';
import type { StoreParts } from '../store/index.ts';

interface Deed {
  /** `rule.deploy` and the like: what kind of thing, then what was done. */
  readonly action: string;
  /** What it was done to, `rule:<id>` and the like. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly more?: Readonly<Record<string, unknown>>;
}

export async function record(parts: StoreParts, principal: Principal, at: string, { action, subject, before, after, more }: Deed): Promise<void> {
  await parts.audit.append({ at, actor: principal.user, action, subject, detail: { ...more, before, after } });
}
