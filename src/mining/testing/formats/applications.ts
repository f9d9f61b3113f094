// Statements in the manner of web servers, databases and applications of many languages, structured bodies among them. Written for
// these tests; no file of anybody's was copied.
export const applications: Readonly<Record<string, readonly string[]>> = {
  access: [
    '{ip} - - [{clf}] "GET {route} HTTP/1.1" 200 {n} "-" "Mozilla/5.0"', '{ip} - - [{clf}] "POST {route} HTTP/1.1" 201 {n} "-" "Mozilla/5.0"', '{ip} - {user} [{clf}] "GET {path} HTTP/2.0" 404 {n} "{url}" "curl/7.88"',
  ],
  nginx: [
    '{iso} [error] {n}#{n}: *{n} connect() failed (111: Connection refused) while connecting to upstream, client: {ip}, server: _, request: "GET {route} HTTP/1.1", upstream: "{url}"',
    '{iso} [error] {n}#{n}: *{n} open() "{path}" failed (2: No such file or directory), client: {ip}, server: _, request: "GET {route} HTTP/1.1"',
    '{iso} [warn] {n}#{n}: *{n} a client request body is buffered to a temporary file {path}, client: {ip}', '{iso} [notice] {n}#{n}: signal {n} (SIGCHLD) received from {n}', '{iso} [notice] {n}#{n}: gracefully shutting down',
  ],
  postgres: [
    'duration: {float} ms  statement: {query}', 'checkpoint starting: time', 'checkpoint complete: wrote {n} buffers ({float}%); write={float} s, sync={float} s, total={float} s',
    'connection received: host={ip} port={port}', 'connection authorized: user={user} database={sku}', 'could not receive data from client: Connection reset by peer',
    'automatic vacuum of table "{sku}.public.{topic}": index scans: {small}', 'process {n} acquired ShareLock on transaction {n} after {float} ms', 'duplicate key value violates unique constraint "{sku}_pkey"',
    'unexpected EOF on client connection with an open transaction', 'terminating connection due to administrator command', 'database system is ready to accept connections',
  ],
  json: [
    '{"level":"info","ts":"{iso}","msg":"order accepted","order":{n},"user":"{user}"}', '{"level":"info","ts":"{iso}","msg":"payment settled","order":{n},"amount":{float}}',
    '{"level":"error","ts":"{iso}","msg":"payment declined","order":{n},"code":"{rawhex}"}', '{"level":"warn","ts":"{iso}","msg":"slow query","ms":{n},"ids":{numbers}}',
    '{"level":"info","ts":"{iso}","msg":"user logged in","user":"{user}","from":"{ip}"}', '{"level":"info","ts":"{iso}","msg":"user logged out","user":"{user}","from":"{ip}"}',
    '{"event":{"kind":"cart.updated","cart":"{uuid}","items":{numbers}},"trace":"{trace}"}', '{"event":{"kind":"cart.emptied","cart":"{uuid}","items":{numbers}},"trace":"{trace}"}',
  ],
  logfmt: [
    'ts={iso} level=info msg="request served" method=GET path={route} status={n} dur={duration}', 'ts={iso} level=info msg="request served" method=POST path={route} status={n} dur={duration}',
    'ts={iso} level=error msg="upstream timed out" host={host} attempt={small} err="i/o timeout"', 'ts={iso} level=info msg="cache warmed" keys={n} took={duration}', 'ts={iso} level=warn msg="queue is long" topic={topic} lag={thousands}',
    'ts={iso} level=debug msg="token refreshed" user={user} expires={iso}', 'ts={iso} level=info msg="mail sent" to={email} id=<{rawhex}@{host}>',
  ],
  java: [
    'Order {n} for customer {user} accepted in {n} ms', 'Payment of {float} EUR failed for order {n}: card declined', 'Payment of {float} EUR settled for order {n}',
    'Unhandled exception in worker {n}\n{exception}: bad state {n}\n\tat com.shop.{class}.handle({class}.java:{n})\n\tat java.base/java.lang.Thread.run(Thread.java:{n})',
    'HikariPool-{small} - Connection is not available, request timed out after {n}ms.', 'HikariPool-{small} - Pool stats (total={n}, active={n}, idle={n}, waiting={n})',
    'Tomcat started on port(s): {port} (http) with context path \'\'', 'Started Application in {float} seconds (JVM running for {float})', 'Consumer {uuid} joined group {topic} generation {n}',
    'Partition {topic}-{n} offset {n} is out of range, resetting to {n}', 'Shipping parcel {rawhex} to {city}', 'Parcel {rawhex} delivered in {city}', 'Bean {class} initialized lazily in {duration}',
  ],
  dotnet: [
    'Request starting HTTP/1.1 GET {url} - -', 'Request finished HTTP/1.1 GET {url} - {n} {n} application/json {float}ms', 'Executed DbCommand ({n}ms) [Parameters=[@p0=\'?\'], CommandType=\'Text\', CommandTimeout=\'{n}\']',
    'Now listening on: {url}', 'User {email} signed in', 'User {email} signed out', 'Unhandled exception. System.NullReferenceException: Object reference not set\n   at Shop.{class}.Run() in {path}:line {n}', 'Hosting environment: Production',
  ],
  golang: [
    'http: TLS handshake error from {endpoint}: EOF', 'http: TLS handshake error from {endpoint}: remote error: tls: bad certificate', 'listening on :{port}', 'shutting down, {n} requests in flight',
    'panic: runtime error: index out of range [{n}] with length {n}\n\ngoroutine {n} [running]:\nmain.main()\n\t{path}.go:{n} +{hex}', 'gc {n} @{float}s {small}%: {float}+{float}+{float} ms clock, {n}->{n}->{n} MB', 'retrying {url} in {duration} (attempt {small} of {small})',
    'peer {ip} disconnected after {duration}', 'peer {ip} connected', 'loaded {thousands} rows from {path} in {duration}',
  ],
  python: [
    'Task shop.tasks.send_mail[{uuid}] received', 'Task shop.tasks.send_mail[{uuid}] succeeded in {float}s: None', 'Task shop.tasks.send_mail[{uuid}] raised unexpected: TimeoutError(\'{n}\')',
    'Traceback (most recent call last):\n  File "{path}.py", line {n}, in handle\n    run()\nValueError: invalid literal {n}', '"GET {route} HTTP/1.1" {n} {n}', 'Starting new HTTPS connection ({small}): {host}:{n}',
    'Worker {n} exiting (pid: {n})', 'Booting worker with pid: {n}', 'Applied migration {n} to {sku} in {duration}', 'epoch {n}/{n} loss={float} acc={float}', 'Email to {email} queued with id {uuid}', 'Order shipped to {city} by {user}',
  ],
};
