// Pure checks of a request's Host and Origin: against DNS rebinding, and against other pages that ride on the cookie.

export interface HostPolicy {
  /** Host names beside the loopback ones that this server answers to, lower case, without ports. */
  readonly allowedHosts: readonly string[];
}

/** The host name of a Host header, lower case, without its port; null when there is none or it is malformed. */
export function hostName(host: string | undefined): string | null {
  if (host === undefined || host === '' || /[/\\@?#\s]/.test(host)) return null;
  const url = URL.parse(`http://${host}`);
  return url === null ? null : url.hostname.toLowerCase();
}

const isLoopbackName = (name: string): boolean =>
  name === 'localhost' || name === '[::1]' || name.endsWith('.localhost') || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name);

export function hostAllowed(host: string | undefined, policy: HostPolicy): boolean {
  const name = hostName(host);
  return name !== null && (isLoopbackName(name) || policy.allowedHosts.includes(name));
}

/** True when the Origin header names the very host and port that the request was sent to. `null` origins never do. */
export function sameOrigin(origin: string, host: string | undefined): boolean {
  const url = URL.parse(origin);
  if (url === null || host === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) return false;
  const own = URL.parse(`${url.protocol}//${host}`);
  return own !== null && own.host === url.host;
}

/** The token of `Authorization: Bearer <token>`; null when there is none. */
export function bearerToken(authorization: string | undefined): string | null {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? '');
  return match?.[1] ?? null;
}
