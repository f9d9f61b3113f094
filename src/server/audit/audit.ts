// Who did what: every mutation calls `record` inside its own transaction, so that neither exists without the other.
import type { StoreParts } from '../store/index.ts';

/** A person, an agent (`agent:<name>`), or Weir itself. */
export interface Actor { readonly user: string }
/** For what the server does by itself. */
export const weirItself: Actor = { user: 'weir' };

interface Deed {
  /** `rule.deploy` and the like: what kind of thing, then what was done. */
  readonly action: string;
  /** What it was done to, `rule:<id>` and the like. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly more?: Readonly<Record<string, unknown>>;
}

export async function record(parts: StoreParts, actor: Actor, at: string, { action, subject, before, after, more }: Deed): Promise<void> {
  await parts.audit.append({ at, actor: actor.user, action, subject, detail: { ...more, before, after } });
}
