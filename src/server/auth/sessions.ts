// A session is a signed statement in a cookie: who, and until when. Nothing is stored, so a restart of the BFF keeps it.
import { createHash, createHmac } from 'node:crypto';
import { sameSecret } from './secret.ts';

export interface Session { readonly user: string; readonly expiresUnixMs: number }

export const sessionMs = 7 * 24 * 3600 * 1000;

export class Sessions {
  readonly #secret: Buffer;
  readonly #nowMs: () => number;
  /** Cookies ignore ports, so each data directory has a name of its own: two Weirs on one host do not sign each other out. */
  readonly cookieName: string;

  constructor(secret: Buffer, nowMs: () => number) {
    this.#secret = secret;
    this.#nowMs = nowMs;
    this.cookieName = `weir_session_${createHash('sha256').update(secret).digest('hex').slice(0, 8)}`;
  }

  /** The cookie's value: version, JSON and HMAC-SHA256, separated by dots. */
  issue(user: string): string {
    const claims = Buffer.from(JSON.stringify({ user, expiresUnixMs: this.#nowMs() + sessionMs })).toString('base64url');
    return `1.${claims}.${this.#sign(claims)}`;
  }

  /** Null when forged, expired or of another version. */
  read(value: string | undefined): Session | null {
    const [version, claims, signature, ...rest] = (value ?? '').split('.');
    if (version !== '1' || claims === undefined || signature === undefined || rest.length > 0) return null;
    if (!sameSecret(signature, this.#sign(claims))) return null;
    // Signed by us, so it is well formed.
    const session = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Session;
    return session.expiresUnixMs > this.#nowMs() ? session : null;
  }

  #sign(claims: string): string { return createHmac('sha256', this.#secret).update(`session.1.${claims}`).digest('base64url'); }
}
