// The session is over, or there never was one: says how to get a new URL.
import { Button } from '../ui/index.ts';

export function SessionEnded() {
  return (
    <main className="ended">
      <div role="alert">
        <h1>Your session ended</h1>
        <p>The server does not know this browser any more: it was restarted with another token, or this page was opened without one. Nothing that runs has changed; agents go on with their rules.</p>
        <p>Open the URL with a token that the server printed when it started. To print a new one, start it again where Weir is installed:</p>
        <pre className="code">npm start</pre>
        <p>A server started with <span className="mono t1">WEIR_TOKEN</span> set accepts that token: open <span className="mono t1">{location.origin}/?token=…</span></p>
        <Button variant="primary" onClick={() => location.reload()}>Try again</Button>
      </div>
    </main>
  );
}
